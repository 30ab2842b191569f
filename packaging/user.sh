# shellcheck shell=sh
# Makes the service's user where it is missing: no shell, no home. Sourced by setup, and put at the head of
# the packages' scripts by bin/package.
make_user() {
  getent passwd aws-kinesis-agent-user >/dev/null && return
  shell=/usr/sbin/nologin
  [ -x "$shell" ] || shell=/sbin/nologin
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell "$shell" \
    --comment 'aws-kinesis-agent' aws-kinesis-agent-user
}
