#!/bin/bash
# Runs what `sweep --emit` writes on the engines that are installed, and compares the tables with
# that of the sweep in one piece. An engine that is not there is reported as "skipped: NAME".
# Slurm is started on this machine alone, which takes root; `apt-get install parallel snakemake
# slurmctld slurmd slurm-client munge` gets all three on Debian. Build first.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/bin"
printf '#!/bin/sh\nexec node "%s/bin/run.js" "$@"\n' "$root" > "$work/bin/offloadcage"
chmod +x "$work/bin/offloadcage"
export PATH="$work/bin:$PATH"
cd "$work" || exit 1
sweep=(snort --vary cage.cap=30:50:10 --seeds 2 --duration 200ms --set sample=100ms
  --set warmup=0s --metrics 'ids_cpu_pct,throughput_rps')
offloadcage sweep "${sweep[@]}" --quiet -o whole/sweep.csv || exit 1
failed=0

# Braces are Snakemake's own.
name() { case $1 in snakemake) braces=;; *) braces='{} {.}';; esac; printf '%s' "$1/it's \\ \"\$x\" 50% & $braces"; }

check() {
  if cmp -s whole/sweep.csv "$(name "$1")/sweep.csv"; then echo "ok: $1"; else
    echo "FAILED: $1"; tail -n 20 "$1"/*.log; failed=1
  fi
}

emit() { mkdir -p "$1" && offloadcage sweep "${sweep[@]}" --emit "$1" --shards 3 \
  -o "$(name "$1")/sweep.csv" > "$1/$2"; }

if command -v parallel > /dev/null; then
  emit parallel run.sh && sh parallel/run.sh > parallel/out.log 2>&1
  check parallel
else echo 'skipped: parallel'; fi

if command -v snakemake > /dev/null; then
  emit snakemake Snakefile && snakemake -s snakemake/Snakefile -c 2 > snakemake/out.log 2>&1
  check snakemake
else echo 'skipped: snakemake'; fi

start_slurm() {
  mkdir -p slurm/state slurm/spool
  local host
  host=$(hostname -s)
  cat > slurm/slurm.conf <<END
ClusterName=try
SlurmctldHost=$host
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
StateSaveLocation=$work/slurm/state
SlurmdSpoolDir=$work/slurm/spool
SlurmctldPidFile=$work/slurm/slurmctld.pid
SlurmdPidFile=$work/slurm/slurmd.pid
SlurmctldLogFile=$work/slurm/slurmctld.log
SlurmdLogFile=$work/slurm/slurmd.log
ReturnToService=2
SelectType=select/cons_tres
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
  export SLURM_CONF=$work/slurm/slurm.conf
  # Munge refuses folders that others may change, such as /tmp, unless forced.
  mkdir -m 755 munge
  dd if=/dev/urandom of=munge/key bs=128 count=1 status=none
  chmod 400 munge/key
  munged --force --foreground --socket="$work/munge/socket" --key-file="$work/munge/key" \
    --log-file="$work/munge/log" --pid-file="$work/munge/pid" \
    --seed-file="$work/munge/seed" > slurm/munged.log 2>&1 &
  pids+=($!)
  sleep 1
  slurmctld -D > slurm/ctld-out.log 2>&1 &
  pids+=($!)
  sleep 2
  slurmd -D -N "$host" > slurm/slurmd-out.log 2>&1 &
  pids+=($!)
  for _ in $(seq 20); do
    sinfo -h -o %t 2> /dev/null | grep -q idle && return
    sleep 1
  done
}

if command -v slurmctld > /dev/null && command -v slurmd > /dev/null &&
  command -v munged > /dev/null && [ "$(id -u)" = 0 ]; then
  chmod 755 "$work"
  start_slurm
  emit slurm run.sh && sh slurm/run.sh > slurm/submit.log 2>&1
  for _ in $(seq 60); do [ -e slurm/sweep.csv ] && break; sleep 1; done
  check slurm
else echo 'skipped: slurm'; fi
exit "$failed"
