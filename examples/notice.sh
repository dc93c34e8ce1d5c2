#!/usr/bin/env bash
# A civil registry's notice with nothing but curl: mutual TLS and X-Road's request headers.
# usage: examples/notice.sh death PERSON EVENT [--data DIR]
#        examples/notice.sh death_reversal PERSON EVENT REVERSED_EVENT [--data DIR]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
data=$here/../data/demo words=()
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=${2:?}; shift 2 ;;
    *) words+=("$1"); shift ;;
  esac
done
case ${#words[@]}-${words[0]:-} in
  3-death | 3-suspension) reverses= ;;
  4-death_reversal | 4-suspension_lifted) reverses=", \"reverses\": \"${words[3]}\"" ;;
  *) sed -n '3,4s/^# //p' "$0" >&2; exit 2 ;;
esac

endpoints=$data/endpoints.json
[ -f "$endpoints" ] || { echo "notice.sh: no switch is running in $data; start one first" >&2; exit 1; }
bridge=$(sed -n 's/.*"exchange":"\([^"]*\)".*/\1/p' "$endpoints")
ca=$data/dev/ca
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

curl --silent --show-error --fail-with-body --max-time 60 \
  --cacert "$ca/ca.pem" --cert "$ca/civil-registry.pem" --key "$ca/civil-registry.key" \
  --header 'X-Road-Client: XX/GOV/1000002/civil-registry' --header 'X-Road-UserId: XX-OFFICER-1' \
  --header 'Content-Type: application/json' --data-binary @- \
  "$bridge/r1/XX/GOV/1000001/benefits/life-events" <<JSON
{"event_id": "${words[2]}", "kind": "${words[0]}", "person_id": "${words[1]}", "occurred_on": "${now%T*}",
 "recorded_at": "$now", "created_at": "$now"$reverses}
JSON
echo
