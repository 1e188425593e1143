package hlstm.trainer.captions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of images, which files of features and of captions write in different ways. */
final class ImageNames {
    private static final Pattern EXTENSION =
            Pattern.compile("\\.(jpe?g|png|gif|bmp|webp)$", Pattern.CASE_INSENSITIVE);

    /** As COCO names its files: {@code COCO_val2014_000000391895.jpg}, {@code 000000391895.jpg}. */
    private static final Pattern COCO = Pattern.compile("(?:COCO_[a-z]+[0-9]+_)?([0-9]{12})");

    private ImageNames() {}

    /** What names of the same image have in common: no folder, no extension. */
    static String key(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return EXTENSION.matcher(file).replaceFirst("");
    }

    /** By which results name an image: its number in COCO if the name holds one, else the name. */
    static String id(String name) {
        Matcher coco = COCO.matcher(key(name));
        return coco.matches() ? Long.toString(Long.parseLong(coco.group(1))) : name;
    }
}
