# Read by the scripts of controls beside it, which define 'task', 'controls' (their names in order),
# recipe(), settings() and teacher() of a name, the last naming an earlier control to learn from or
# nothing, and hand over their arguments:
#
#     DATA OUT SEED... [-- OPTION...]

set -u

usage() {
    # The comment at the head of the script that reads this.
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 3 ] || usage
hlstm=${HLSTM:-$(CDPATH='' cd "$(dirname "$0")/.." && pwd)/hlstm}
data=$1
out=$2
shift 2
seeds=
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    seeds="$seeds $1"
    shift
done
[ $# -gt 0 ] && shift
[ -n "$seeds" ] || usage

failed=0
for seed in $seeds; do
    for control in $controls; do
        run=$out/$control-$seed
        [ -e "$run/report.html" ] && continue
        resume=
        [ -e "$run/recipe.json" ] && resume=--resume
        changes=
        for setting in $(settings "$control"); do
            changes="$changes --set $setting"
        done
        taught=
        learnsFrom=$(teacher "$control")
        [ -n "$learnsFrom" ] && taught=$out/$learnsFrom-$seed/model.safetensors
        echo "$control, seed $seed: $run"
        # Settings hold no spaces, and are to be split into words.
        # shellcheck disable=SC2086
        "$hlstm" train "$task" --recipe "$(recipe "$control")" --data "$data" --out "$run" \
            --seed "$seed" ${taught:+--teacher "$taught"} $changes "$@" $resume
        status=$?
        # Someone ended it by a signal, and does not want the next one.
        [ $status -le 128 ] || exit $status
        [ $status -eq 0 ] || {
            failed=1
            echo "$control, seed $seed: failed" >&2
        }
    done
done
exit $failed
