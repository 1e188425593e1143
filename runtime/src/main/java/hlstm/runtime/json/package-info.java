/** A small strict JSON reader and writer for file headers and metadata; not exported. */
package hlstm.runtime.json;
