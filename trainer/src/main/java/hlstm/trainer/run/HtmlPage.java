package hlstm.trainer.run;

import java.awt.image.BufferedImage;
import java.util.List;

/** A page of headings, figures, tables and pictures, well-formed and with its style inside. */
final class HtmlPage {
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
            img.plot { width: 100%; height: auto; display: block; margin: .6rem 0; }
            table { border-collapse: collapse; font-size: .88rem; width: 100%; }
            th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top;
              border-bottom: 1px solid #eef0f3; }
            th { color: #596170; font-weight: 600; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .maps { display: inline-block; margin: 0 1.6rem 1.4rem 0; vertical-align: top; }
            .maps h3 { font: 600 .85rem ui-monospace, monospace; margin: 0 0 .3rem; }
            .maps figure { display: inline-block; margin: 0 .6rem 0 0; vertical-align: top; }
            .maps img { image-rendering: pixelated; max-width: 100%; height: auto;
              border: 1px solid #d5d9df; display: block; }
            .maps figcaption { font-size: .75rem; color: #596170; max-width: 11rem; }
            summary { cursor: pointer; font-size: 1.15rem; font-weight: 600; margin: 2rem 0 .6rem; }
            """;

    private final StringBuilder html = new StringBuilder();

    HtmlPage(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
    }

    void heading(String text) {
        html.append("<h2>").append(escape(text)).append("</h2>\n");
    }

    void paragraph(String text) {
        html.append("<p>").append(escape(text)).append("</p>\n");
    }

    /** Large figures, each with what it is below. */
    void figures(List<String[]> figures) {
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

    /** A plot; nothing if there is none. */
    void image(String uri, String alternative) {
        if (uri != null) {
            html.append("<img class=\"plot\" src=\"")
                    .append(uri)
                    .append("\" alt=\"")
                    .append(escape(alternative))
                    .append("\"/>\n");
        }
    }

    /** Two connection maps side by side. */
    void pair(
            String name,
            String firstCaption,
            BufferedImage first,
            String secondCaption,
            BufferedImage second) {
        html.append("<div class=\"maps\"><h3>").append(escape(name)).append("</h3>\n");
        figure(firstCaption, first);
        figure(secondCaption, second);
        html.append("</div>\n");
    }

    private void figure(String caption, BufferedImage map) {
        html.append("<figure><img style=\"width:")
                .append(ConnectionMap.shownWidth(map))
                .append("px\" src=\"")
                .append(PngUri.of(map))
                .append("\" alt=\"")
                .append(escape(caption))
                .append("\"/><figcaption>")
                .append(escape(caption))
                .append("</figcaption></figure>\n");
    }

    /** A table under a heading; nothing if it has no rows. */
    void table(String title, List<String> columns, List<Boolean> numbers, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            heading(title);
            rows(columns, numbers, rows);
        }
    }

    /** A table that the reader opens. */
    void foldedTable(
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

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return html + "</body>\n</html>\n";
    }
}
