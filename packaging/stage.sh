# Lays an installation out below a folder, as packaging/files says. Sourced by setup and bin/package from the
# checkout's top.
# shellcheck shell=sh disable=SC2034,SC2154

# The version, from the one place that has it.
project_version() {
  sed -n '/<parent>/,/<\/parent>/d; s:^ *<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1
}

# Calls `$1 kind mode owner target source` for each line of packaging/files; $2 is the environment's folder.
each_file() {
  while read -r kind mode owner target source; do
    case $kind in '' | '#'*) continue ;; esac
    case $target in ENVIRONMENT/*) target=$2/${target#ENVIRONMENT/} ;; esac
    case $source in
      */)
        for jar in "$source"*.jar; do
          [ ! -r "$jar" ] || "$1" "$kind" "$mode" "$owner" "$target${jar##*/}" "$jar"
        done
        ;;
      *) "$1" "$kind" "$mode" "$owner" "$target" "$source" ;;
    esac
  done <packaging/files
}

# Puts one line's file or folder below $root. Who owns it is the caller's affair.
stage_one() {
  case $1 in
    folder) install -d -m "$2" "$root$4" ;;
    *)
      install -d -m 0755 "$root${4%/*}"
      case $4 in
        *.gz)
          gzip -9nc "$5" >"$root$4"
          chmod "$2" "$root$4"
          ;;
        *) install -p -m "$2" "$5" "$root$4" ;;
      esac
      ;;
  esac
}
