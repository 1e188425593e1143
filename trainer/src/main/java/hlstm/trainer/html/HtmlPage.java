package hlstm.trainer.html;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** A page of headings, figures, tables and pictures, well-formed and with its style inside. */
public final class HtmlPage {
    private static final String STYLE =
            """
            body { font: 15px/1.5 system-ui, sans-serif; color: #1d2530; background: #fff;
              max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
            h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid #e3e6ea;
              padding-bottom: .25rem; }
            .figures { display: flex; flex-wrap: wrap; gap: 1.6rem; margin: 1.2rem 0; }
            .figures b { display: block; font-size: 1.35rem; font-weight: 600; }
            .figures span { color: #596170; font-size: .85rem; }
            img.plot { width: 100%; height: auto; display: block; margin: .9rem 0 1.4rem; }
            table { border-collapse: collapse; font-size: .88rem; width: 100%; }
            th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top;
              border-bottom: 1px solid #eef0f3; }
            th { color: #596170; font-weight: 600; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .maps { display: inline-block; margin: 0 2.4rem 1.6rem 0; vertical-align: top; }
            .maps h3 { font: 600 .85rem ui-monospace, monospace; margin: 0 0 .4rem; }
            .maps p { font-size: .75rem; color: #596170; margin: 0 0 .4rem; }
            .maps div { display: grid; gap: 1rem;
              grid-template-columns: repeat(2, minmax(11rem, max-content)); }
            .maps figure { margin: 0; }
            .maps img { image-rendering: pixelated; max-width: 100%; height: auto;
              border: 1px solid #d5d9df; display: block; }
            .maps figcaption { font-size: .75rem; color: #596170; margin-top: .2rem; }
            .pictures { display: grid; gap: 1.2rem 1.6rem; margin: 1rem 0;
              grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
            .pictures figure { margin: 0; display: flex; gap: .8rem; }
            .pictures img { image-rendering: pixelated; width: 96px; height: 96px;
              border: 1px solid #d5d9df; flex: none; }
            .pictures dl { margin: 0; font-size: .82rem; line-height: 1.35; }
            .pictures dt { color: #596170; font-size: .72rem; }
            .pictures dd { margin: 0 0 .25rem; }
            summary { cursor: pointer; font-size: 1.15rem; font-weight: 600; margin: 2rem 0 .6rem; }
            """;

    private final StringBuilder html = new StringBuilder();
    private final Optional<String> noFonts;

    /** An empty page. */
    public HtmlPage(String title) {
        this(title, PlotFonts.obstacle());
    }

    /**
     * An empty page.
     *
     * @param noFonts why this machine cannot draw text; if it is there, each plot is a line of text
     *     that says so
     */
    public HtmlPage(String title, Optional<String> noFonts) {
        this.noFonts = noFonts;
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
    }

    /** A heading within the page. */
    public void heading(String text) {
        html.append("<h2>").append(escape(text)).append("</h2>\n");
    }

    /** A paragraph of text. */
    public void paragraph(String text) {
        html.append("<p>").append(escape(text)).append("</p>\n");
    }

    /** Large figures, each with what it is below. */
    public void figures(List<String[]> figures) {
        html.append("<div class=\"figures\">\n");
        for (String[] figure : figures) {
            html.append("<div><b>")
                    .append(escape(figure[0]))
                    .append("</b><span>")
                    .append(escape(figure[1]))
                    .append("</span></div>\n");
        }
        html.append("</div>\n");
    }

    /** A plot; nothing if it would be empty. */
    public void plot(Plot plot) {
        if (plot.isEmpty()) {
            return;
        }
        if (noFonts.isPresent()) {
            paragraph(
                    ("The plot '%s' is missing: Java found no fonts to draw it with (%s). Install"
                                    + " fontconfig and a font, as in 'apt-get install fontconfig"
                                    + " fonts-dejavu-core', and make this page again.")
                            .formatted(plot.title(), noFonts.get()));
            return;
        }
        html.append("<img class=\"plot\" src=\"")
                .append(DataUri.svg(PlotDrawing.svg(plot)))
                .append("\" alt=\"")
                .append(escape(plot.description()))
                .append("\"/>\n");
    }

    /** A link to another file, in a line of its own. */
    public void link(String text, String target) {
        html.append("<p><a href=\"")
                .append(escape(target))
                .append("\">")
                .append(escape(text))
                .append("</a></p>\n");
    }

    /**
     * Two pictures of the same size side by side.
     *
     * @param axes what goes down and across in them
     * @param shownWidth the width that each is shown in, in pixels
     */
    public void pair(
            String name,
            String axes,
            int shownWidth,
            String firstCaption,
            BufferedImage first,
            String secondCaption,
            BufferedImage second) {
        html.append("<div class=\"maps\"><h3>")
                .append(escape(name))
                .append("</h3>\n<p>")
                .append(escape(axes))
                .append("</p>\n<div>\n");
        figure(firstCaption, first, shownWidth);
        figure(secondCaption, second, shownWidth);
        html.append("</div>\n</div>\n");
    }

    /**
     * Pictures, each with lines of text beside it.
     *
     * @param titles of the lines
     * @param lines of each picture, one for each title
     */
    public void pictures(
            List<BufferedImage> pictures, List<String> titles, List<List<String>> lines) {
        html.append("<div class=\"pictures\">\n");
        for (int k = 0; k < pictures.size(); k++) {
            html.append("<figure><img src=\"")
                    .append(DataUri.png(pictures.get(k)))
                    .append("\" alt=\"")
                    .append(escape(lines.get(k).getFirst()))
                    .append("\"/><dl>");
            for (int line = 0; line < titles.size(); line++) {
                html.append("<dt>")
                        .append(escape(titles.get(line)))
                        .append("</dt><dd>")
                        .append(escape(lines.get(k).get(line)))
                        .append("</dd>");
            }
            html.append("</dl></figure>\n");
        }
        html.append("</div>\n");
    }

    private void figure(String caption, BufferedImage map, int shownWidth) {
        html.append("<figure><img style=\"width:")
                .append(shownWidth)
                .append("px\" src=\"")
                .append(DataUri.png(map))
                .append("\" alt=\"")
                .append(escape(caption))
                .append("\"/><figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>\n");
    }

    /** A table under a heading; nothing if it has no rows. */
    public void table(
            String title, List<String> columns, List<Boolean> numbers, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            heading(title);
            rows(columns, numbers, rows);
        }
    }

    /** A table that the reader opens. */
    public void foldedTable(
            String title, List<String> columns, List<Boolean> numbers, List<List<String>> rows) {
        html.append("<details><summary>").append(escape(title)).append("</summary>\n");
        rows(columns, numbers, rows);
        html.append("</details>\n");
    }

    private void rows(List<String> columns, List<Boolean> numbers, List<List<String>> rows) {
        html.append("<table>\n");
        row("th", columns, numbers);
        for (List<String> row : rows) {
            row("td", row, numbers);
        }
        html.append("</table>\n");
    }

    private void row(String tag, List<String> cells, List<Boolean> numbers) {
        html.append("<tr>");
        for (int k = 0; k < cells.size(); k++) {
            html.append('<')
                    .append(tag)
                    .append(numbers.get(k) ? " class=\"number\">" : ">")
                    .append(escape(cells.get(k)))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        html.append("</tr>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The whole page. */
    @Override
    public String toString() {
        return html + "</body>\n</html>\n";
    }
}
