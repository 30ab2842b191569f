# What aws-kinesis-agent and start-aws-kinesis-agent share: finds the agent's jars and a Java, and
# becomes that Java. Sourced by them, with `here` set to the folder of the real program.
# shellcheck shell=sh disable=SC2034,SC2154

program=${0##*/}

# Prints a message and gives up.
die() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# The same for what the environment says wrongly, with the status of a wrong configuration: another start mends nothing.
refuse() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 78
}

# Sets `lib`, `options`, `plugins`, `etc`, `log4j` and `installed`: next to an installation's programs, or a checkout's.
find_agent() {
  share=$here/../share/aws-kinesis-agent
  top=$here/..
  if [ -d "$share/lib" ]; then
    installed=yes
    share=$(cd "$share" && pwd)
    lib=$share/lib
    options=$share/java-options
    plugins=$share/plugins
    # An installation below another root (a container, a test) brings its own /etc along.
    etc=/etc
    [ ! -d "$here/../../etc/aws-kinesis" ] || etc=$(cd "$here/../../etc" && pwd)
    log4j=$etc/aws-kinesis/log4j.xml
    if [ ! -r "$log4j" ]; then
      log4j=$share/log4j.xml
    elif grep -q '<log4j:configuration' "$log4j"; then
      printf '%s: %s is in the format of Log4j 1 and is not used; %s\n' "$program" "$log4j" \
        "copy $share/log4j.xml there and make your changes in it." >&2
      log4j=$share/log4j.xml
    fi
  elif [ -r "$top/packaging/pom.xml" ]; then
    installed=no
    lib=$top/packaging/target/lib
    options=$top/bin/java-options
    plugins=$top/plugins
    log4j=$top/etc/log4j.xml
    set -- "$lib"/aws-kinesis-agent-[0-9]*.jar
    [ -r "$1" ] || die "the agent is not built yet. Run 'mvn -q -DskipTests package' in $(cd "$top" && pwd) first."
  else
    die "neither $share/lib nor a checkout is here; install the package again."
  fi
  lib=$(cd "$lib" && pwd)
}

# What the service's environment files say, for whoever starts the program by hand. They win over the environment.
read_environment_files() {
  for environment_file in "$etc/sysconfig/aws-kinesis-agent" "$etc/default/aws-kinesis-agent"; do
    [ ! -r "$environment_file" ] || read_environment <"$environment_file"
  done
}

# Takes lines NAME=value from standard input as systemd does: nothing in them is run or replaced. A value may stand in
# single or double quotes; a line that ends with a backslash goes on in the next; what is no NAME=value is passed over.
read_environment() {
  while IFS= read -r line || [ -n "$line" ]; do
    while [ "${line%\\}" != "$line" ] && { IFS= read -r next || [ -n "$next" ]; }; do
      line=${line%\\}$next
    done
    trim "$line"
    case $trimmed in
      '#'* | ';'*) continue ;;
      export[[:space:]]*) trim "${trimmed#export}" ;;
    esac
    name=${trimmed%%=*}
    case $name in
      "$trimmed" | '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;;
    esac
    trim "${trimmed#*=}"
    case $trimmed in
      \"*\") trimmed=${trimmed#\"} && trimmed=${trimmed%\"} ;;
      \'*\') trimmed=${trimmed#\'} && trimmed=${trimmed%\'} ;;
    esac
    export "$name=$trimmed"
  done
}

# Sets `trimmed` to $1 without the blanks around it.
trim() {
  trimmed=${1#"${1%%[![:space:]]*}"}
  trimmed=${trimmed%"${trimmed##*[![:space:]]}"}
}

# Prints the feature number (8, 17, 25, ...) of the Java in home $1, or nothing.
java_feature() {
  version=
  # Reading the release file costs nothing; asking the JVM costs a tenth of a second.
  [ -r "$1/release" ] && version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  version=${version#1.}
  printf '%s' "${version%%[!0-9]*}"
}

# Sets `java_home` and `feature`: JAVA_HOME, else the installation's own, else the java on the PATH, else any under /usr/lib/jvm.
# $1 is the program that must be there: java, or javac for a build.
find_java() {
  own_java=no
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/$1" ] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/$1 in it."
    java_home=$JAVA_HOME
    feature=$(java_feature "$java_home")
    [ "${feature:-0}" -ge 17 ] || die "Java 17 or newer is needed; JAVA_HOME ($JAVA_HOME) is Java ${feature:-unknown}."
    return
  fi
  # The self-contained variant brings a Java along.
  if [ "$1" = java ] && [ -x "${lib:-}/../runtime/bin/java" ]; then
    java_home=$(cd "$lib/../runtime" && pwd)
    own_java=yes
    feature=$(java_feature "$java_home")
    return
  fi
  found=
  on_path=$(command -v "$1" || :)
  for candidate in "$on_path" /usr/lib/jvm/*/bin/"$1" /opt/java/*/bin/"$1"; do
    [ -n "$candidate" ] && [ -x "$candidate" ] || continue
    candidate=$(readlink -f -- "$candidate")
    java_home=${candidate%/bin/*}
    feature=$(java_feature "$java_home")
    [ "${feature:-0}" -ge 17 ] && return
    found="$found $java_home (${feature:-unknown})"
  done
  [ -n "$found" ] && die "Java 17 or newer is needed; found only$found. Install one, or name it in JAVA_HOME."
  die "no $1 found; Java 17 or newer is needed. Install one, or name it in JAVA_HOME."
}

# Sets `lowered` to $1 in lower case.
lower() {
  case $1 in
    *[!a-z]*) lowered=$(printf '%s' "$1" | LC_ALL=C tr '[:upper:]' '[:lower:]') ;;
    *) lowered=$1 ;;
  esac
}

# Sets `log_to` to what log4j.xml reads as agent.log.to: file, SYSTEM_ERR or SYSTEM_OUT, and `own_log` to the file that
# the service logs to, if any, which the other subcommands know of, too. $1 is the subcommand.
choose_log() {
  directory=${AGENT_LOG_DIR:-/var/log/aws-kinesis-agent}
  lower "${AGENT_LOG_FORMAT:-text}"
  log_format=$lowered
  case $log_format in
    text) ;;
    json) export AGENT_LOG_FORMAT=json ;;
    *) refuse "AGENT_LOG_FORMAT is '$AGENT_LOG_FORMAT'; it may be text or json." ;;
  esac
  lower "${AGENT_LOG_LEVEL:-info}"
  case $lowered in
    off | fatal | error | warn | info | debug | trace | all) ;;
    *) refuse "AGENT_LOG_LEVEL is '$AGENT_LOG_LEVEL'; it may be ERROR, WARN, INFO, DEBUG or TRACE." ;;
  esac
  lower "${AGENT_LOG_TO:-}"
  log_to=$lowered
  own_log=$directory/aws-kinesis-agent.log
  case $log_to in
    file) ;;
    stderr | stdout) own_log= ;;
    '')
      if [ "$installed" = no ] || [ "$log_format" = json ]; then
        own_log=
      elif [ "$1" = run ] && ! { [ -w "$directory" ] && { [ ! -e "$own_log" ] || [ -w "$own_log" ]; }; }; then
        own_log=
      fi
      if [ "$1" = run ] && [ -n "$own_log" ]; then log_to=file; else log_to=stderr; fi
      ;;
    *) refuse "AGENT_LOG_TO is '$AGENT_LOG_TO'; it may be file, stderr or stdout." ;;
  esac
  case $log_to in
    stderr) log_to=SYSTEM_ERR ;;
    stdout) log_to=SYSTEM_OUT ;;
  esac
  # The short commands speak for themselves; their log is for what goes wrong.
  if [ "$1" != run ]; then AGENT_LOG_LEVEL=${AGENT_LOG_LEVEL:-WARN} && export AGENT_LOG_LEVEL; fi
}

# Sets what launch needs.
find_agent_and_java() {
  find_agent
  [ "$installed" = no ] || read_environment_files
  find_java java
}

# Becomes the agent's Java with subcommand and arguments "$@".
launch() {
  choose_log "${1:-}"
  # Java turns the bytes of file names into text by the locale: in that of a service manager or a container, which is
  # often C, a name that is not ASCII would not be found again in the checkpoints.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
  # glibc gives every thread an arena of its own to waste; one is enough for an agent that allocates little by malloc.
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
  command=${1:-}
  [ $# -gt 0 ] && shift
  # AGENT_ARGS are a service's: they must not reach check, status and the others.
  if [ "$command" = run ]; then
    # shellcheck disable=SC2086
    set -- run ${AGENT_ARGS:-} "$@"
  elif [ -n "$command" ]; then
    set -- "$command" "$@"
  fi
  case ${JAVA_MAX_HEAP:-512m} in
    *%) max_heap=-XX:MaxRAMPercentage=${JAVA_MAX_HEAP%\%} ;;
    *) max_heap=-Xmx${JAVA_MAX_HEAP:-512m} ;;
  esac
  class_path="$lib/*"
  # The self-contained variant's Java has the agent's classes ready, and those are good for one class path only.
  if [ "$own_java" = yes ]; then
    class_path=$(LC_ALL=C; export LC_ALL; printf "%s:" "$lib"/*.jar)
    class_path=${class_path%:}
  fi
  set -- \
    -Dlog4j2.configurationFile="$log4j" \
    -Dagent.log.to="$log_to" \
    -Dagent.log.directory="$directory" \
    -Dagent.log.own="$own_log" \
    -Dagent.plugins.directory="$plugins" \
    -cp "$class_path" \
    io.kinesisagent.agent.app.Main "$@"
  # Classes as this Java has linked them before (class-archive); what does not fit it is passed over.
  case "${archive_option:-}${JVM_ARGS:-}" in
    *-XX:AOT* | *-Xshare* | *SharedArchiveFile* | *ArchiveClasses*) ;;
    *)
      if [ -r "$java_home/agent.aot" ] && [ "$own_java" = yes ]; then
        set -- -XX:AOTCache="$java_home/agent.aot" '-Xlog:aot*=off' '-Xlog:cds*=off' "$@"
      elif [ -r "${lib%/*}/agent.jsa" ] && [ "$own_java" = no ]; then
        set -- -XX:SharedArchiveFile="${lib%/*}/agent.jsa" '-Xlog:cds*=off' "$@"
      fi
      ;;
  esac
  [ -z "${archive_option:-}" ] || set -- "$archive_option" "$@"
  # Native libraries are unpacked here under a service manager that keeps /tmp read-only.
  if [ -n "${CACHE_DIRECTORY:-}" ] && [ -w "$CACHE_DIRECTORY" ]; then
    set -- -Djava.io.tmpdir="$CACHE_DIRECTORY" "$@"
  fi
  # From 24 on, a native library (SQLite, zstd) is loaded with a warning unless it is allowed here.
  [ "$feature" -ge 24 ] && set -- --enable-native-access=ALL-UNNAMED "$@"
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" \
    @"$options" \
    -Xms"${JAVA_START_HEAP:-32m}" \
    "$max_heap" \
    ${JVM_ARGS:-} \
    "$@"
}
