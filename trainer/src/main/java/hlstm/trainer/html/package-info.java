/** Pages of text, tables and plots in one HTML file each, that need no other file. */
package hlstm.trainer.html;
