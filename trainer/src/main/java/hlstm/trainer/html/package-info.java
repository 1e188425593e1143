/** Pages of text, tables and plots in one HTML file each, that need no other file and no fonts. */
package hlstm.trainer.html;
