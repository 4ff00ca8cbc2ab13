package fsm_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/fsm"
)

type state string

type event string

var table = fsm.Table[state, event]{
	"pending":    {"authorize": "authorized", "settle": "settled", "fail": "failed"},
	"authorized": {"settle": "settled", "expire": "failed"},
	"settled":    {"refund_part": "settled"},
}

func ExampleTable_Mermaid() {
	fmt.Print(table.Mermaid())
	// Output:
	// stateDiagram-v2
	//     authorized --> failed: expire
	//     authorized --> settled: settle
	//     failed --> [*]
	//     pending --> authorized: authorize
	//     pending --> failed: fail
	//     pending --> settled: settle
	//     settled --> settled: refund_part
}

func TestNext(t *testing.T) {
	tests := []struct {
		from state
		on   event
		want state
		ok   bool
	}{
		{"pending", "settle", "settled", true},
		{"settled", "refund_part", "settled", true},
		{"settled", "fail", "settled", false},
		{"failed", "settle", "failed", false},
		{"unheard", "settle", "unheard", false},
	}
	for _, tt := range tests {
		t.Run(string(tt.from+"/")+string(tt.on), func(t *testing.T) {
			got, err := table.Next(tt.from, tt.on)
			if got != tt.want || (err == nil) != tt.ok || table.Can(tt.from, tt.on) != tt.ok {
				t.Fatalf("got %q, %v", got, err)
			}
			if tt.ok {
				return
			}
			want := fault.Args{"from": string(tt.from), "event": string(tt.on)}
			if !errors.Is(err, fsm.ErrRefused) || !cmp.Equal(fault.ArgsOf(err), want) {
				t.Errorf("refused with %v %v", err, fault.ArgsOf(err))
			}
		})
	}
}

func TestTable_Lists(t *testing.T) {
	if diff := cmp.Diff([]event{"authorize", "fail", "settle"}, table.Allowed("pending")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]state{"authorized", "failed", "pending", "settled"}, table.States()); diff != "" {
		t.Error(diff)
	}
	if !table.Final("failed") || table.Final("settled") {
		t.Error("only failed is final")
	}
}
