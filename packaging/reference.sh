# shellcheck shell=sh
# Puts aside what the reference agent's own setup has left, for which no package manager knows to go. Sourced by setup,
# and put at the head of the packages' scripts by bin/package. Below $root, where that is set.

# Its jars, which the launcher would load beside this agent's: to be called before those are there.
put_aside_jars() {
  aside=${root:-}/usr/share/aws-kinesis-agent/lib.old
  moved=0
  for jar in "${root:-}"/usr/share/aws-kinesis-agent/lib/*.jar; do
    [ -e "$jar" ] || continue
    mkdir -p "$aside"
    mv -f "$jar" "$aside/"
    moved=$((moved + 1))
  done
  [ $moved -eq 0 ] || echo "aws-kinesis-agent: put aside $moved jars of another installation, in $aside."
}

# Its cron job, which starts the service each minute, also one that was stopped on purpose. Not to a name beside it:
# some crons run whatever lies there.
put_aside_cron_job() {
  job=${root:-}/etc/cron.d/aws-kinesis-agent
  grep -qs 'service aws-kinesis-agent start' "$job" || return 0
  mkdir -p "${root:-}/etc/aws-kinesis"
  mv -f "$job" "${root:-}/etc/aws-kinesis/cron.old"
  echo "aws-kinesis-agent: put aside $job, which started the service each minute, as ${root:-}/etc/aws-kinesis/cron.old."
}
