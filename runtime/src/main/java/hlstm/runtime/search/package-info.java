/** Search for the most probable sequences of symbols of models that write them one by one. */
package hlstm.runtime.search;
