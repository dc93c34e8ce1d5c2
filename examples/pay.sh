#!/usr/bin/env bash
# One payment with nothing but curl: a pacs.008 of now goes in, the final pacs.002 comes out.
# usage: examples/pay.sh [--from BIC] [--to BIC] [--amount N] [--data DIR]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
from=AURBXX2A to=BORBXX2A amount=12.50 data=$here/../data/demo
while [ $# -gt 0 ]; do
  case $1 in
    --from) from=$2; shift 2 ;;
    --to) to=$2; shift 2 ;;
    --amount) amount=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    *) sed -n '2,3s/^# //p' "$0" >&2; exit 2 ;;
  esac
done

endpoints=$data/endpoints.json
[ -f "$endpoints" ] || { echo "pay.sh: no switch is running in $data; start ./civicswitch demo first" >&2; exit 1; }
gateway=$(sed -n 's/.*"iso20022":"\([^"]*\)".*/\1/p' "$endpoints")
gateway=${gateway%/}; gateway=${gateway%/iso20022}
ca=$data/dev/ca
bank=$(printf %s "$from" | tr '[:upper:]' '[:lower:]')

message=$("$here/../civicswitch" dev example pacs008 --from "$from" --to "$to" --amount "$amount")
answer=$(curl --silent --show-error --fail-with-body --max-time 60 \
  --cacert "$ca/ca.pem" --cert "$ca/$bank.pem" --key "$ca/$bank.key" \
  --header 'Content-Type: application/xml' --header 'Prefer: wait=10' \
  --data-binary @- "$gateway/iso20022/messages" <<<"$message")
printf '%s\n' "$answer"
case $answer in *'<TxSts>ACSC</TxSts>'*|*'<TxSts>ACCC</TxSts>'*|*'<TxSts>ACWP</TxSts>'*) ;; *) exit 1 ;; esac
