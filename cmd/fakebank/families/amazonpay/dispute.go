package amazonpay

import (
	"net/http"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// Disputes: chargebacks are told.
func (Dialect) Disputes() {}

// inDispute are the events of a chargeback.
var inDispute = map[bank.Kind]bool{bank.Disputed: true, bank.Won: true, bank.Lost: true}

// disputeID is that of the one chargeback of a permission.
func disputeID(p *bank.Payment) string { return permissionID(p) + "-B000001" }

// getDispute tells how it stands (Disputes, "Get Dispute").
func getDispute(_ *bank.Teller, w http.ResponseWriter, _ *http.Request, p *bank.Payment) {
	var first, last *bank.Event
	for i, e := range p.Events {
		if inDispute[e.Kind] {
			if first == nil {
				first = &p.Events[i]
			}
			last = &p.Events[i]
		}
	}
	if first == nil {
		fail(w, http.StatusNotFound, "ResourceNotFound")
		return
	}
	how := map[string]any{"state": "ActionRequired", "reasonCode": "MerchantResponseRequired", "resolution": nil}
	if won := last.Kind == bank.Won; won || last.Kind == bank.Lost {
		how = map[string]any{"state": "Resolved", "reasonCode": "InvestigatorResolved", "resolution": map[bool]string{true: "MerchantWon", false: "BuyerWon"}[won]}
	}
	reply(w, http.StatusOK, map[string]any{"disputeId": disputeID(p), "chargeId": chargeID(p), "disputeType": "Chargeback", "filingReason": "ProductNotReceived",
		"disputeAmount": written(first.Amount, p.Request.Currency), "statusDetails": how, "merchantResponseDeadline": stamp(first.At.Add(11 * 24 * time.Hour)),
		"creationTimestamp": stamp(first.At), "releaseEnvironment": environment(p.Request.Mode)})
}
