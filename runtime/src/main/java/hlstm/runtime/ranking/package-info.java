/** The best of many candidates, for the searches of this module. */
package hlstm.runtime.ranking;
