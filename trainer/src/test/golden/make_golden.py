"""Writes the golden vectors that the trainer's tests read, with PyTorch as the other framework.

Run from the repository's root: python3 trainer/src/test/golden/make_golden.py
Needs numpy and torch (1.13 or newer, CPU). The tests read the committed files and need neither.

Each case is one JSON object: tensors as {"shape": [...], "data": [...]}, row-major, float32 inputs
written exactly and results computed in float64, so that they are right to the last float32 bit.
"""

import json
import os

import numpy as np
import torch

OUT = os.path.join(os.path.dirname(__file__), "..", "resources", "golden")
GATES = "ifgo"
torch.set_default_dtype(torch.float64)


def numbers(seed, *shape, scale=1.0):
    """Normal numbers that float32 holds exactly."""
    rng = np.random.default_rng(seed)
    return torch.tensor((rng.standard_normal(shape) * scale).astype(np.float32).astype(np.float64))


def tensor(t):
    a = t.detach().numpy()
    return {"shape": list(a.shape), "data": [float(v) for v in a.reshape(-1)]}


def write(name, case):
    with open(os.path.join(OUT, name + ".json"), "w", encoding="ascii") as file:
        json.dump(case, file)
        file.write("\n")


def lstm_stack():
    """Two layers of torch.nn.LSTM; PyTorch too stacks its gates in the order i, f, g, o."""
    steps, batch, inputs, width = 6, 3, 5, 4
    net = torch.nn.LSTM(inputs, width, num_layers=2)
    parameters = {}
    with torch.no_grad():
        for n, (name, p) in enumerate(net.named_parameters()):
            # PyTorch has two biases that are added; one is enough.
            p.copy_(torch.zeros_like(p) if "bias_hh" in name else numbers(n, *p.shape, scale=0.5))
    x = numbers(100, steps, batch, inputs).requires_grad_()
    y, _ = net(x)
    slopes = numbers(101, *y.shape)
    (y * slopes).sum().backward()
    for layer in range(2):
        prefix = f"layers.{layer}.forward.gates.0."
        for ours, theirs in (("input", "weight_ih"), ("recurrent", "weight_hh"), ("bias", "bias_ih")):
            parameters[prefix + ours] = getattr(net, f"{theirs}_l{layer}")
    write("lstm_stack", {
        "inputWidth": inputs, "width": width,
        "x": tensor(x), "y": tensor(y), "dy": tensor(slopes), "dx": tensor(x.grad),
        "parameters": {k: tensor(p) for k, p in parameters.items()},
        "gradients": {k: tensor(p.grad) for k, p in parameters.items()},
    })


def hlstm_direction(p, prefix, x, hidden, width, slope, shared, order):
    h = torch.zeros(width)
    c = torch.zeros(width)
    outputs = {}
    for t in order:
        y = p[prefix + "gates.0.input"] @ x[t] + p[prefix + "gates.0.recurrent"] @ h
        y = y + p[prefix + "gates.0.bias"]
        for level in range(1, len(hidden) + 1):
            y = torch.nn.functional.leaky_relu(y, slope)
            if shared:
                z = p[f"{prefix}gates.{level}"] @ y
            else:
                parts = y.chunk(4)
                z = torch.cat([p[f"{prefix}gates.{level}.{g}"] @ parts[k] for k, g in enumerate(GATES)])
            y = z + p[f"{prefix}gates.{level}.bias"]
        i, f, g, o = y.chunk(4)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        outputs[t] = h
    return [outputs[t] for t in range(len(x))]


def hlstm(name, hidden, shared, slope):
    """A bidirectional H-LSTM over sequences of different lengths, each by itself."""
    inputs, width, lengths = 5, 4, [6, 3, 1]
    parameters = {}
    shapes = {}
    for direction in ("forward", "backward"):
        prefix = f"layers.0.{direction}."
        copies = 1 if shared else 4
        widths = [h * copies for h in hidden] + [4 * width]
        shapes[prefix + "gates.0.input"] = (widths[0], inputs)
        shapes[prefix + "gates.0.recurrent"] = (widths[0], width)
        for level in range(1, len(widths)):
            if shared:
                shapes[f"{prefix}gates.{level}"] = (widths[level], hidden[level - 1])
            else:
                for g in GATES:
                    shapes[f"{prefix}gates.{level}.{g}"] = (widths[level] // 4, hidden[level - 1])
        for level, rows in enumerate(widths):
            shapes[f"{prefix}gates.{level}.bias"] = (rows,)
    for n, (key, shape) in enumerate(shapes.items()):
        parameters[key] = numbers(200 + n, *shape, scale=0.5).requires_grad_()
    xs = [numbers(300 + n, length, inputs).requires_grad_() for n, length in enumerate(lengths)]
    slopes = [numbers(400 + n, length, width) for n, length in enumerate(lengths)]
    loss = 0
    ys = []
    for x, slope_of in zip(xs, slopes):
        forward = hlstm_direction(
            parameters, "layers.0.forward.", x, hidden, width, slope, shared, range(len(x)))
        backward = hlstm_direction(
            parameters, "layers.0.backward.", x, hidden, width, slope, shared, reversed(range(len(x))))
        y = torch.stack([a + b for a, b in zip(forward, backward)])
        ys.append(y)
        loss = loss + (y * slope_of).sum()
    loss.backward()
    write(name, {
        "inputWidth": inputs, "width": width, "hidden": hidden, "shared": shared, "slope": slope,
        "x": [tensor(x) for x in xs], "y": [tensor(y) for y in ys],
        "dy": [tensor(s) for s in slopes], "dx": [tensor(x.grad) for x in xs],
        "parameters": {k: tensor(p) for k, p in parameters.items()},
        "gradients": {k: tensor(p.grad) for k, p in parameters.items()},
    })


def ctc():
    """torch.nn.functional.ctc_loss over a batch of different lengths, mean over utterances."""
    steps, symbols, blank = 20, 6, 0
    lengths = [20, 11, 7, 5]
    labels = [[1, 2, 2, 3, 5, 5, 5, 1], [4, 4, 1], [], [3, 1, 2, 4, 5]]
    logits = numbers(500, steps, len(lengths), symbols, scale=2.0).requires_grad_()
    losses = torch.nn.functional.ctc_loss(
        logits.log_softmax(2),
        torch.tensor([s for u in labels for s in u]),
        torch.tensor(lengths),
        torch.tensor([len(u) for u in labels]),
        blank=blank, reduction="none")
    losses.mean().backward()
    write("ctc", {
        "blank": blank, "lengths": lengths, "labels": labels,
        "logits": tensor(logits), "loss": float(losses.mean()), "gradient": tensor(logits.grad),
    })


def cell_step(p, prefix, x, h, c, hidden, slope):
    """One step of an (H-)LSTM cell with separate hidden layers."""
    y = p[prefix + "gates.0.input"] @ x + p[prefix + "gates.0.recurrent"] @ h
    y = y + p[prefix + "gates.0.bias"]
    for level in range(1, len(hidden) + 1):
        parts = torch.nn.functional.leaky_relu(y, slope).chunk(4)
        z = torch.cat([p[f"{prefix}gates.{level}.{g}"] @ parts[k] for k, g in enumerate(GATES)])
        y = z + p[f"{prefix}gates.{level}.bias"]
    i, f, g, o = y.chunk(4)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def cell_shapes(prefix, inputs, width, hidden):
    widths = [4 * h for h in hidden] + [4 * width]
    shapes = {prefix + "gates.0.input": (widths[0], inputs),
              prefix + "gates.0.recurrent": (widths[0], width)}
    for level in range(1, len(widths)):
        for g in GATES:
            shapes[f"{prefix}gates.{level}.{g}"] = (widths[level] // 4, hidden[level - 1])
    for level, rows in enumerate(widths):
        shapes[f"{prefix}gates.{level}.bias"] = (rows,)
    return shapes


def translation(name, general, hidden, encoder_layers, decoder_layers, concatenated=False):
    """An encoder and a decoder with attention and input feeding, sentence by sentence."""
    width, embedding, source_tokens, target_tokens, slope, smoothing = 4, 3, 7, 6, 0.01, 0.1
    sources = [[3, 4, 5, 6, 3], [4], [5, 0, 6]]
    targets = [[3, 4, 5], [5, 5, 3, 4], []]
    begin, end = 1, 2
    cell_width = width // 2 if concatenated else width
    shapes = {"source.embedding.weight": (source_tokens, embedding),
              "target.embedding.weight": (target_tokens, embedding)}
    for n in range(encoder_layers):
        for direction in ("forward", "backward"):
            shapes.update(cell_shapes(
                f"layers.{n}.{direction}.", embedding if n == 0 else width, cell_width, hidden))
    for n in range(decoder_layers):
        shapes.update(cell_shapes(f"layers.{encoder_layers + n}.forward.",
                                  embedding + width if n == 0 else width, width, hidden))
    if general:
        shapes["attention.keys"] = (width, width)
    shapes["attention.combine"] = (width, 2 * width)
    last = f"layers.{encoder_layers + decoder_layers}."
    shapes[last + "weight"] = (target_tokens, width)
    shapes[last + "bias"] = (target_tokens,)
    p = {key: numbers(700 + n, *shape, scale=0.7).requires_grad_()
         for n, (key, shape) in enumerate(shapes.items())}
    losses, logits = [], []
    for source, target in zip(sources, targets):
        memory = [p["source.embedding.weight"][token] for token in source]
        for n in range(encoder_layers):
            outputs = {}
            for direction, order in (("forward", range(len(memory))),
                                     ("backward", reversed(range(len(memory))))):
                h = c = torch.zeros(cell_width)
                for t in order:
                    h, c = cell_step(p, f"layers.{n}.{direction}.", memory[t], h, c, hidden, slope)
                    outputs[direction, t] = h
            pairs = [(outputs["forward", t], outputs["backward", t]) for t in range(len(memory))]
            memory = [torch.cat(pair) if concatenated else pair[0] + pair[1] for pair in pairs]
        memory = torch.stack(memory)
        keys = memory @ p["attention.keys"].T if general else memory
        states = [(torch.zeros(width), torch.zeros(width)) for _ in range(decoder_layers)]
        feed = torch.zeros(width)
        rows = []
        for token, wanted in zip([begin] + target, target + [end]):
            x = torch.cat([p["target.embedding.weight"][token], feed])
            for n in range(decoder_layers):
                states[n] = cell_step(
                    p, f"layers.{encoder_layers + n}.forward.", x, *states[n], hidden, slope)
                x = states[n][0]
            shares = torch.softmax(keys @ x, 0)
            feed = torch.tanh(p["attention.combine"] @ torch.cat([shares @ memory, x]))
            row = p[last + "weight"] @ feed + p[last + "bias"]
            rows.append(row)
            losses.append(torch.nn.functional.cross_entropy(
                row[None], torch.tensor([wanted]), label_smoothing=smoothing))
        logits.append(torch.stack(rows))
    loss = torch.stack(losses).mean()
    loss.backward()
    write(name, {
        "width": width, "embedding": embedding, "sourceTokens": source_tokens,
        "targetTokens": target_tokens, "slope": slope, "smoothing": smoothing,
        "general": general, "concatenated": concatenated, "hidden": hidden, "encoderLayers": encoder_layers,
        "decoderLayers": decoder_layers, "sources": sources, "targets": targets,
        "loss": float(loss), "logits": [tensor(l) for l in logits],
        "parameters": {k: tensor(v) for k, v in p.items()},
        "gradients": {k: tensor(v.grad) for k, v in p.items()},
    })


def captioning():
    """A decoder that reads an image, then words, and says words: torch.nn all through."""
    features, words, embedding, width = 6, 9, 4, 5
    said = [[3, 4, 5, 2], [7, 2], [8, 3, 2]]
    image = torch.nn.Linear(features, embedding)
    vectors = torch.nn.Embedding(words, embedding)
    lstm = torch.nn.LSTM(embedding, width, num_layers=2)
    output = torch.nn.Linear(width, words)
    with torch.no_grad():
        seed = 700
        for module in (image, vectors, lstm, output):
            for name, p in module.named_parameters():
                p.copy_(torch.zeros_like(p) if "bias_hh" in name else numbers(seed, *p.shape, scale=0.5))
                seed += 1
    images = numbers(750, len(said), features)
    logits, targets = [], []
    for k, target in enumerate(said):
        read = [1] + target[:-1]
        steps = torch.cat([image(images[k])[None], vectors(torch.tensor(read))])
        behind, _ = lstm(steps[:, None])
        logits.append(output(behind[1:, 0]))
        targets.append(torch.tensor(target))
    loss = torch.nn.functional.cross_entropy(torch.cat(logits), torch.cat(targets))
    loss.backward()
    parameters = {"image.weight": image.weight, "image.bias": image.bias, "words.weight": vectors.weight,
                  "output.weight": output.weight, "output.bias": output.bias}
    for layer in range(2):
        prefix = f"layers.{layer}.forward.gates.0."
        for ours, theirs in (("input", "weight_ih"), ("recurrent", "weight_hh"), ("bias", "bias_ih")):
            parameters[prefix + ours] = getattr(lstm, f"{theirs}_l{layer}")
    write("captioning", {
        "features": features, "words": words, "embedding": embedding, "width": width, "said": said,
        "images": tensor(images), "loss": float(loss),
        "logits": [tensor(y) for y in logits],
        "parameters": {k: tensor(p) for k, p in parameters.items()},
        "gradients": {k: tensor(p.grad) for k, p in parameters.items()},
    })


def optimizers():
    """Ten steps down a quadratic bowl with each optimiser; the values after every step."""
    size, steps = 7, 10
    bowl = torch.exp(numbers(600, size)).to(torch.float32).to(torch.float64)
    start = numbers(601, size)

    def descend(make):
        w = start.clone().requires_grad_()
        optimizer = make([w])
        losses, values = [], []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = 0.5 * (bowl * w * w).sum()
            loss.backward()
            losses.append(float(loss))
            optimizer.step()
            values.append(w.detach().clone())
        return {"losses": losses, "values": tensor(torch.stack(values))}

    write("optimizers", {
        "bowl": tensor(bowl),
        "start": tensor(start),
        "sgd": descend(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True)),
        "sgdDecay": descend(lambda p: torch.optim.SGD(
            p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.1)),
        "adam": descend(lambda p: torch.optim.Adam(p, lr=0.05)),
        "adamDecay": descend(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
    })


def front_end():
    """DeepSpeech2's front end, small: convolutions with batch norm and hard tanh behind each.

    PyTorch's layout is batch, channel, bin, step; ours is feature bin * channels + channel of a step.
    Steps behind the end of a sequence are set to zero after every layer, and batch norm must not
    count them, so it is written out here over the steps that are valid.
    """
    layers = [
        {"bins": 13, "inputChannels": 1, "outputChannels": 4, "clip": 2.0,
         "time": {"kernel": 5, "stride": 2, "padding": 4},
         "frequency": {"kernel": 5, "stride": 2, "padding": 0}},
        {"bins": 5, "inputChannels": 4, "outputChannels": 3, "clip": 2.0,
         "time": {"kernel": 3, "stride": 1, "padding": 0},
         "frequency": {"kernel": 3, "stride": 2, "padding": 1}},
    ]
    lengths, steps, momentum, epsilon = [15, 9, 12], 15, 0.1, 1e-5
    x = numbers(700, len(lengths), steps, layers[0]["bins"]).requires_grad_()
    mask = torch.arange(steps)[None, :] < torch.tensor(lengths)[:, None]
    y = (x * mask[:, :, None]).transpose(1, 2)[:, None]
    parameters, gradients, state = {}, {}, {}
    for n, layer in enumerate(layers):
        t, f = layer["time"], layer["frequency"]
        out = layer["outputChannels"]
        w = numbers(710 + n, out, layer["inputChannels"], f["kernel"], t["kernel"],
                    scale=0.3).requires_grad_()
        scale = (1 + numbers(720 + n, out, scale=0.2)).to(torch.float32).to(torch.float64)
        scale = scale.requires_grad_()
        shift = numbers(730 + n, out, scale=0.5).requires_grad_()
        y = torch.nn.functional.conv2d(
            y, w, stride=(f["stride"], t["stride"]), padding=(f["padding"], t["padding"]))
        lengths_now = [(length + 2 * t["padding"] - t["kernel"]) // t["stride"] + 1
                       for length in (lengths if n == 0 else lengths_now)]
        mask = (torch.arange(y.shape[3])[None, :] < torch.tensor(lengths_now)[:, None])[:, None, None]
        count = mask.sum() * y.shape[2]
        mean = (y * mask).sum((0, 2, 3)) / count
        square = (((y - mean[None, :, None, None]) * mask) ** 2).sum((0, 2, 3))
        z = (y - mean[None, :, None, None]) / torch.sqrt(square / count + epsilon)[None, :, None, None]
        z = z * scale[None, :, None, None] + shift[None, :, None, None]
        y = torch.nn.functional.hardtanh(z, 0, layer["clip"]) * mask
        name = f"layers.{n}."
        parameters[name + "weight"] = (w, lambda a: a.permute(0, 2, 3, 1))
        parameters[name + "scale"] = (scale, lambda a: a)
        parameters[name + "shift"] = (shift, lambda a: a)
        state[name + "mean"] = momentum * mean
        state[name + "variance"] = 1 - momentum + momentum * square / (count - 1)
    y = y.permute(0, 3, 2, 1).flatten(2)
    slopes = numbers(740, *y.shape)
    (y * slopes).sum().backward()
    write("front_end", {
        "layers": layers,
        "x": tensor(x), "xLengths": lengths, "y": tensor(y), "yLengths": lengths_now,
        "dy": tensor(slopes), "dyLengths": lengths_now, "dx": tensor(x.grad), "dxLengths": lengths,
        "parameters": {k: tensor(form(p)) for k, (p, form) in parameters.items()},
        "gradients": {k: tensor(form(p.grad)) for k, (p, form) in parameters.items()},
        "state": {k: tensor(s) for k, s in state.items()},
    })


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    lstm_stack()
    hlstm("hlstm_one_level", [3], False, 0.01)
    hlstm("hlstm_two_levels", [3, 5], False, 0.0)
    hlstm("hlstm_shared", [6], True, 0.01)
    ctc()
    translation("translation_dot", False, [], 2, 2)
    translation("translation_general", True, [5], 1, 2)
    translation("translation_concatenated", True, [5], 2, 1, concatenated=True)
    captioning()
    optimizers()
    front_end()
