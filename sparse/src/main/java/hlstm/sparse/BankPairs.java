package hlstm.sparse;

import java.util.Arrays;

/**
 * Which slots of a banked matrix may be kept together with one of the group of 8 rows beside
 * theirs, because both read the same bank: two slots with one window are one slot of 16 rows. A
 * function of the pattern alone.
 *
 * <p>Where only a few slots find a partner, none is paired: a row that is summed over two short
 * lists of slots takes longer than over one. Random patterns of 5 % (three tenths paired) were a
 * sixth slower in pairs, those of 10 % (half paired) a quarter faster.
 *
 * <p>Groups 2p and 2p + 1 make the pair p, if all of their 16 rows exist. Of the slots that both
 * have in a bank the first, as many as the group with fewer has there, are paired in ascending
 * order: the n-th paired slot of a group belongs to the n-th of the other.
 */
final class BankPairs {
    /** Share of all slots that must find a partner for any to be paired. */
    private static final double LEAST_SHARE = 0.4;

    /** Where the slots of each group of 8 rows begin, paired or not, and the end. */
    private final int[] offsets;

    private final boolean[] paired;
    private final int[] pairedInGroup;

    private BankPairs(SparsityPattern pattern) {
        int size = PackedBanks.SIZE;
        offsets = TileOffsets.of(pattern, size);
        paired = new boolean[offsets[offsets.length - 1]];
        pairedInGroup = new int[offsets.length - 1];
        for (int group = 0; (group + 2) * size <= pattern.rows(); group += 2) {
            int lower = pattern.rowOffset(group * size);
            int upper = pattern.rowOffset((group + 1) * size);
            int i = 0;
            int j = 0;
            while (i < slots(group) && j < slots(group + 1)) {
                int bank = pattern.column(lower + i) / size;
                int other = pattern.column(upper + j) / size;
                if (bank == other) {
                    paired[offsets[group] + i] = true;
                    paired[offsets[group + 1] + j] = true;
                    pairedInGroup[group]++;
                    pairedInGroup[group + 1]++;
                }
                i += bank <= other ? 1 : 0;
                j += other <= bank ? 1 : 0;
            }
        }
        if (Arrays.stream(pairedInGroup).sum() < LEAST_SHARE * paired.length) {
            Arrays.fill(paired, false);
            Arrays.fill(pairedInGroup, 0);
        }
    }

    static BankPairs of(SparsityPattern pattern) {
        return new BankPairs(pattern);
    }

    private int slots(int group) {
        return offsets[group + 1] - offsets[group];
    }

    /** Whether slot {@code k} of a group, the k-th connection of each of its rows, is paired. */
    boolean isPaired(int group, int k) {
        return paired[offsets[group] + k];
    }

    /** Slots of a group that are paired. */
    int paired(int group) {
        return group < pairedInGroup.length ? pairedInGroup[group] : 0;
    }

    /** Slots of a group that stay alone. */
    int single(int group) {
        return slots(group) - pairedInGroup[group];
    }
}
