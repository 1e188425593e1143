/** Text as numbers and back: vocabularies and byte-pair codes. */
package hlstm.runtime.text;
