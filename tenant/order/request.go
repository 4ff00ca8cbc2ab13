package order

import (
	"encoding/json"
	"time"
)

// Request is what comes with an order the shop itself wrote, to be paid for something that is in no catalogue (PGW-34).
type Request struct {
	// Due is the last day to pay it, at midnight UTC of that day; zero where none was said. Nothing happens when it is over:
	// whether to wait is the merchant's business.
	Due  time.Time `json:"due,omitzero"`
	Note string    `json:"note,omitempty"` // to the buyer, as the merchant wrote it
	// Repeat is how it is asked for again, nil for once; Of which one of a repetition it is, nil for the first (PGW-31).
	Repeat *Repeat `json:"repeat,omitempty"`
	Of     *Period `json:"of,omitempty"`
}

// Overdue tells that the last day to pay the order is over on a day, which is at midnight UTC, and it is not paid.
func (o *Order) Overdue(today time.Time) bool {
	return o.Request != nil && !o.Request.Due.IsZero() && o.Due().IsPositive() && !o.CalledOff() && today.After(o.Request.Due)
}

func readRequest(doc []byte) (*Request, error) {
	if len(doc) == 0 {
		return nil, nil
	}
	r := new(Request)
	return r, json.Unmarshal(doc, r)
}

func (r *Request) document() (any, error) {
	if r == nil {
		return nil, nil
	}
	doc, err := json.Marshal(r)
	return string(doc), err
}
