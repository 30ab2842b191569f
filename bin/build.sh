# What the programs of a checkout (demo, verify, soak) share: a JDK, and a build when one is due.
# Sourced by them from the checkout's top, after launcher.sh.
# shellcheck shell=sh disable=SC2154

# Makes a JDK of 17 or newer the one that Maven uses.
use_jdk() {
  find_java javac
  export JAVA_HOME="$java_home"
  command -v mvn >/dev/null || die "Maven (mvn) is not installed; it builds the agent."
}

# True when packaging/target/lib is absent or older than something that it is made from.
build_is_due() {
  built=packaging/target/lib/.built
  [ -e "$built" ] || return 0
  [ -n "$(find pom.xml spi agent processors backends packaging \
    -name target -prune -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$built" -print | head -n 1)" ]
}

# Builds the agent into packaging/target/lib when that is due; sets `build_status`.
build_if_due() {
  build_status=0
  build_is_due || return 0
  printf 'Building the agent (a minute; at first Maven also fetches what it needs) ...\n'
  started=$(date +%s)
  mvn -q -B -T1C -Pquick -Dmaven.test.skip=true -Dspotless.check.skip=true -pl packaging -am package || build_status=$?
  [ "$build_status" -eq 0 ] || return 0
  # verify has to know: what this compiled was not analysed.
  touch packaging/target/lib/.built packaging/target/.quick
  printf 'Built in %s s.\n' $(($(date +%s) - started))
}
