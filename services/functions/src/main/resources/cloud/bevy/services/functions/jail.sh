# Starts the JavaScript engine where it can do nothing but compute and talk through two sockets:
# in namespaces of its own (mounts, processes, network, IPC, host name, cgroups; users too, unless
# started by root), with a file system of a handful of read-only files, no capabilities, and limits.
# Only util-linux and coreutils are needed. Run as `sh -c "$(cat jail.sh)" "$(cat jail.sh)" ...`,
# because inside the namespaces the file itself is already out of reach.
#
#   outer FOLDER DATA ENGINE LIBRARY...
#     FOLDER   has root (empty, where the jail's file system is built), config and sockets
#     DATA     the most bytes of writable memory that the engine may ask the kernel for
#     ENGINE   the program; LIBRARY... the shared libraries it is linked with
#
# Standard input must stay open: when it ends, or this shell dies, the engine is killed. The first
# line on standard output is "engine PID"; what follows is the engine's own.
set -eu
script=$0

case $1 in
outer)
  shift
  trap '' INT HUP # A Ctrl-C is for whoever started us, who then tells us.
  exec 3<&0 </dev/null
  user=$(id -u)
  if [ "$user" = 0 ]; then own_users=; else own_users='--user --map-root-user'; fi
  setpriv --pdeathsig KILL sh -c 'read -r _; kill -KILL "$PPID"' <&3 &
  # shellcheck disable=SC2086 # Two words or none.
  setpriv --pdeathsig KILL unshare $own_users --mount --propagation private \
    --pid --net --ipc --uts --cgroup --fork --kill-child \
    sh -c "$script" "$script" inner "$user" "$@" 3<&- &
  wait $!
  ;;

inner)
  user=$2 folder=$3 data=$4 engine=$5
  shift 5
  # /proc is still the host's, so this is the process's number out there. It stays the same to the
  # end, because from here on every program replaces the one before.
  read -r pid _ </proc/self/stat
  echo "engine $pid"

  root=$folder/root
  mount -t tmpfs -o mode=0755,size=1m,nr_inodes=128,nosuid,nodev bevy "$root"
  mkdir "$root/config" "$root/sockets" "$root/dev" "$root/old"
  : >"$root/engine"
  : >"$root/dev/urandom"
  # umount reads /proc/self/mountinfo. The link leads nowhere once the old root is gone.
  ln -s old/proc "$root/proc"
  # One call of mount for all; in its table, a space in a path is written \040.
  bind() { # what, where in the jail, options
    printf '%s %s none bind,nosuid,%s\n' "$1" "$root$2" "$3"
  }
  {
    bind "$folder/config" /config nodev,noexec,ro
    bind "$folder/sockets" /sockets nodev,noexec
    bind "$(printf '%s' "$engine" | sed 's/ /\\040/g')" /engine nodev,ro
    bind /dev/urandom /dev/urandom noexec,ro
    for library do
      [ -d "$root${library%/*}" ] || mkdir -p "$root${library%/*}"
      : >"$root$library"
      bind "$library" "$library" nodev,ro
    done
  } >"$root/mounts"
  mount --all --fstab "$root/mounts"
  rm "$root/mounts"

  if [ "$user" = 0 ]; then
    chown -R 65534:65534 "$folder/config" "$folder/sockets"
    become='--reuid=65534 --regid=65534 --clear-groups'
  else
    # A second user namespace would give back the capabilities that are dropped below. Where
    # /proc/sys is read-only this cannot be had, and is not needed for what tests promise.
    become=
    echo 0 2>/dev/null >/proc/sys/user/max_user_namespaces || :
  fi
  mount -o remount,bind,nosuid,nodev,ro "$root"

  # The tools below are run from the old root, which is no longer in any path: it is detached, and
  # only this process's working directory keeps it, until env leaves it for the new root.
  cd /usr/bin
  pivot_root "$root" "$root/old"
  export LD_LIBRARY_PATH=../lib/x86_64-linux-gnu:../lib64:../lib
  ./umount --lazy /old
  # shellcheck disable=SC2086 # Three words or none.
  exec ./prlimit --core=0 --nofile=1024 --nproc=256 --fsize=0 "--data=$data" \
    ./setpriv --pdeathsig KILL $become \
    --inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs \
    ./env --ignore-environment --chdir=/ \
    /engine serve /config/config.capnp --control-fd=1
  ;;
esac
