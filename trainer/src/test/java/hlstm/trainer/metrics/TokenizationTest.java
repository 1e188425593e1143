package hlstm.trainer.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizationTest {
    @Test
    void noneSplitsAtWhiteSpaceAlone() {
        assertEquals(
                List.of("a,", "B.", "c", "d"), Tokenization.NONE.words("  a, B.\tc\u00a0\u3000d "));
        assertEquals(List.of(), Tokenization.NONE.words(" "));
    }

    /** By the rules of mteval-v13a, as sacrebleu 2.6.0 splits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "The dog bit the man. | The dog bit the man .",
                "It wasn't surprising. | It wasn't surprising .",
                "1,000.50 is 5, not 5-6. | 1,000.50 is 5 , not 5 - 6 .",
                "a&amp;b &quot;c&quot; &lt;d&gt; | a & b \" c \" < d >",
                "x-ray (no) [y] {z} #1 $5 50% a/b | x-ray ( no ) [ y ] { z } # 1 $ 5 50 % a / b",
                "end.Start ...so | end . Start . . . so",
                "caf\u00e9 \u201cquoted\u201d \u2014 | caf\u00e9 \u201cquoted\u201d \u2014",
                "a<skipped>b | ab"
            })
    void v13aFollowsMteval(String sentence, String expected) {
        assertEquals(expected, String.join(" ", Tokenization.V13A.words(sentence)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "It wasn't 1,000.50 so! | It wasn ' t 1,000.50 so !",
                "\u201cquoted\u201d \u2014 5\u20ac | \u201c quoted \u201d \u2014 5 \u20ac",
                "in 1990. | in 1990."
            })
    void intlSplitsUnicodesMarks(String sentence, String expected) {
        assertEquals(expected, String.join(" ", Tokenization.INTL.words(sentence)));
    }

    /** As Stanford's PTBTokenizer 3.4.1 splits, less the punctuation of pycocoevalcap. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "A man is speaking. | a man is speaking",
                "A man's dog (brown) isn't \"happy\"; it's: sad... | a man 's dog -lrb- brown -rrb- is n't happy it 's sad",
                "Two can't/won't go and/or stay -- they're 50% off, $5.50! | two ca n't / wo n't go and/or stay they 're 50 % off $ 5.50",
                "A black-and-white photo of a t-shirt & jeans @ 5:30 p.m. today. | a black-and-white photo of a t-shirt & jeans @ 5:30 p.m. today",
                "The dogs' owner said, 'hello there' | the dogs owner said hello there",
                "I'm gonna wanna gotta lemme gimme cannot 'tis cannot's | i 'm gon na wan na got ta lem me gim me can not 't is cannot 's",
                "Mr. Smith at St. Louis in the U.S. on Main St. | mr. smith at st. louis in the u.s. on main st.",
                "no. no. 5 tv. sat. inc. etc. pm. p.m. | no no. 5 tv sat inc. etc. pm p.m.",
                "The #1 player's 2,000th run in the 1990's and '90s; 3-D | the # 1 player 's 2,000 th run in the 1990 's and '90s 3-d",
                "red,white and blue.A dog runs .And | red white and blue.a dog runs and",
                "man w/ a hat w/o shoes, 2x4, 10' tall, 6'2\" | man w / a hat w/o shoes 2x4 10 tall 6 2",
                "[a] {b} <c> d_e * ~ + = | -lsb- a -rsb- -lcb- b -rcb- <c> d_e * ~ + =",
                "\u201cquotes\u201d \u2018single\u2019 don\u2019t \u2013 \u2026 \u00bd \u00a35 \u20ac3 caf\u00e9 | quotes single do n't 1/2 # 5 $ 3 caf\u00e9",
                "so... then.... ?? !!! ?! ? ! | so then ?? !!! ?!",
                "y'all rock 'n' roll rock'n'roll o'clock O'Neil's | y' all rock 'n' roll rock 'n' roll o'clock o'neil 's",
                ":) a teddy-bear's picnic -and dog- -5 .5 5. | :-rrb- a teddy-bear 's picnic and dog -5 .5 5",
                "he'd they've we'll AT&T b&w &amp; x | he 'd they 've we 'll at&t b & w & x",
                "www.flickr.com me@x.org #tag @name | www.flickr.com me@x.org #tag @name",
                "grey colour theatre | grey colour theatre",
                "named b. and on the letter B. | named b. and on the letter b"
            })
    void ptbSplitsCaptions(String sentence, String expected) {
        assertEquals(expected, String.join(" ", Tokenization.PTB.words(sentence)));
    }

    @Test
    void ptbOfPunctuationAloneIsEmpty() {
        assertEquals(List.of(), Tokenization.PTB.words(" . , '' -- ... "));
        assertEquals(List.of(), Tokenization.PTB.words(""));
    }

    /** One part of the stack for each would be too much. */
    @Test
    void captionsMayHaveTokensOfManyParts() {
        int parts = 50_000;
        for (String part : List.of("a-", "ab.", "a.", "1,", "-a", "a/", "a.-", "a+", "a-a.", "!")) {
            List<String> words = Tokenization.PTB.words(part.repeat(parts) + "b");
            assertTrue(words.size() <= 2 * parts + 1, part);
        }
    }
}
