package authorizenet

import (
	"encoding/json"
	"time"
)

// batch is the number of the one batch of everything that is settled.
const batch = "1000001"

// waits are the statuses of what is not settled.
var waits = map[string]bool{"declined": true, "voided": true, "authorizedPendingCapture": true, "capturedPendingSettlement": true, "refundPendingSettlement": true}

// list are the transactions that wait for settlement, or those that do not.
func (d *desk) list(waiting bool) []any {
	list := []any{}
	for _, p := range d.t.List(d.merchant.Number, d.mode) {
		for _, e := range p.Events {
			if !transaction(p, e) || root(p, e).ID != e.ID {
				continue
			}
			told := d.t.Truth(p, newest(p, e))
			x := detail(told, e)
			if waits[x["transactionStatus"].(string)] == waiting {
				list = append(list, map[string]any{"transId": x["transId"], "submitTimeUTC": x["submitTimeUTC"], "transactionStatus": x["transactionStatus"],
					"invoiceNumber": told.Ref, "accountType": "Visa", "accountNumber": last(told.Payment), "settleAmount": x["settleAmount"]})
			}
		}
	}
	return list
}

// paging is which part of a list is asked for, from page 1.
type paging struct {
	Paging struct {
		Limit  int `json:"limit"`
		Offset int `json:"offset"`
	} `json:"paging"`
	Batch string `json:"batchId"`
	First string `json:"firstSettlementDate"`
	Last  string `json:"lastSettlementDate"`
}

// show answers with one page of a list.
func (d *desk) show(waiting bool) {
	var q paging
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	if json.Unmarshal(d.body, &q) != nil || q.Paging.Limit < 1 || q.Paging.Limit > 1000 || q.Paging.Offset < 1 || !waiting && q.Batch != batch {
		d.fail(codeField)
		return
	}
	all := d.list(waiting)
	from := min(len(all), (q.Paging.Offset-1)*q.Paging.Limit)
	d.reply(map[string]any{"transactions": all[from:min(len(all), from+q.Paging.Limit)], "totalNumInResultSet": len(all)}, codeOK)
}

func (d *desk) listUnsettled() { d.show(true) }

func (d *desk) listBatch() { d.show(false) }

// listBatches knows one batch, and no more than 31 days.
func (d *desk) listBatches() {
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	var q paging
	err := json.Unmarshal(d.body, &q)
	first, wrong := time.Parse(time.RFC3339, q.First)
	last, alsoWrong := time.Parse(time.RFC3339, q.Last)
	if err != nil || wrong != nil || alsoWrong != nil || last.Before(first) || last.Sub(first) > 31*24*time.Hour {
		d.fail(codeField)
		return
	}
	d.reply(map[string]any{"batchList": []any{map[string]any{"batchId": batch, "settlementState": "settledSuccessfully", "paymentMethod": "creditCard"}}}, codeOK)
}
