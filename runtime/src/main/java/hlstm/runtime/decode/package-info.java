/** From the network's output to text. */
package hlstm.runtime.decode;
