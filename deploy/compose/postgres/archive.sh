#!/bin/sh
# archive.sh PATH NAME: what PostgreSQL has written goes into the spool, whole or not at all; a second time is as good.
set -eu
place=/spool/wal/$2
if [ -e "$place" ]; then exec cmp -s "$1" "$place"; fi
cp "$1" "/spool/wal/.$2"
chmod 644 "/spool/wal/.$2"
sync "/spool/wal/.$2"
mv "/spool/wal/.$2" "$place"
