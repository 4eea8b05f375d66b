# hardened.sh FOLDER APPLICATION COMMAND…: runs a command as the pods of deploy/k8s are run. The whole file system is read-only but FOLDER; the
# user is that of the images; there are no capabilities, and none can be got. What is in APPLICATION is in FOLDER/application, since the folders
# above it need not be open to that user. The process that is started becomes the command.
set -eu
if [[ ${1-} != inside ]]; then exec unshare --mount "$BASH" "$0" inside "$@"; fi
folder=$2 application=$3
shift 3
mkdir -p "$folder/application"
mount --bind "$folder" "$folder"
mount --bind "$application" "$folder/application"
# All of it first: what is read of this file is not to change while it is read.
mapfile -t mounts < /proc/self/mountinfo
for mount in "${mounts[@]}"; do
  place=${mount#* * * * }
  place=${place%% *}
  case $place in
    "$folder" | /proc* | /dev* | /sys*) ;;
    *) mount -o remount,bind,ro "$place" 2> /dev/null || : ;;
  esac
done
if (: > "$BASH_SOURCE.probe") 2> /dev/null; then
  rm -f "$BASH_SOURCE.probe"
  echo 'hardened.sh: the file system is still writable' >&2
  exit 77
fi
cd "$folder"
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
  env -i PATH="$PATH" DOTNET_ROOT="${DOTNET_ROOT-}" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 LIBTORCH="${LIBTORCH-}" HOME="$folder/tmp" TMPDIR="$folder/tmp" "$@"
