package hlstm.trainer.captions;

import java.util.List;

/**
 * The captions of an image.
 *
 * @param name the name of its file, such as {@code 000000391895.jpg}
 * @param id by which results name it: COCO's number where there is one, else the name
 * @param part the part that the file of captions puts it in; null where it says nothing
 * @param captions as they were written, at least one
 */
public record CaptionedImage(String name, String id, Part part, List<String> captions) {
    /** Copies the captions. */
    public CaptionedImage {
        captions = List.copyOf(captions);
        if (name.isBlank() || captions.isEmpty()) {
            throw new IllegalArgumentException(
                    "a captioned image needs a name and a caption, found '%s' with %d"
                            .formatted(name, captions.size()));
        }
    }
}
