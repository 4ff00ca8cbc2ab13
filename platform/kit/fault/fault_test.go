package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
)

var errOutOfStock = fault.New(fault.Conflict, "cart.out_of_stock")

func Example() {
	err := fmt.Errorf("add to cart: %w", errOutOfStock.With(fault.Args{"left": 2}))

	fmt.Println(errors.Is(err, errOutOfStock))
	fmt.Println(fault.KindOf(err), fault.KeyOf(err), fault.ArgsOf(err)["left"])
	// Output:
	// true
	// conflict cart.out_of_stock 2
}

func TestIs_CopiesOfOneSentinelMatch(t *testing.T) {
	copies := map[string]error{
		"with":    errOutOfStock.With(fault.Args{"left": 2}),
		"because": errOutOfStock.Because(io.EOF),
		"on":      errOutOfStock.On("quantity"),
		"wrapped": fmt.Errorf("add: %w", errOutOfStock.With(nil).On("quantity").Because(io.EOF)),
		"equal":   fault.New(fault.Conflict, "cart.out_of_stock"),
	}
	for name, err := range copies {
		if !errors.Is(err, errOutOfStock) {
			t.Errorf("%s: %v does not match its sentinel", name, err)
		}
	}
	strangers := map[string]error{
		"other key":  fault.New(fault.Conflict, "cart.closed"),
		"other kind": fault.New(fault.Quota, "cart.out_of_stock"),
		"plain":      errors.New("conflict: cart.out_of_stock"),
	}
	for name, err := range strangers {
		if errors.Is(err, errOutOfStock) {
			t.Errorf("%s: %v matches the sentinel", name, err)
		}
	}
}

func TestSentinel_StaysAsItWas(t *testing.T) {
	args := fault.Args{"left": 2}
	got := errOutOfStock.With(args).On("quantity").Because(io.EOF)
	args["left"] = 3

	if got.Args()["left"] != 2 {
		t.Errorf("arguments changed with the caller's map: %v", got.Args())
	}
	if errOutOfStock.Args() != nil || errOutOfStock.Fields() != nil || errOutOfStock.Unwrap() != nil {
		t.Errorf("the sentinel changed: %v", errOutOfStock)
	}
	if !errors.Is(got, io.EOF) {
		t.Error("the cause is lost")
	}
}

func TestRead_UnknownErrorsAreInternal(t *testing.T) {
	tests := []struct {
		name string
		err  error
		kind fault.Kind
		key  string
	}{
		{"nil", nil, "", ""},
		{"plain", io.EOF, fault.Internal, "error.internal"},
		{"zero fault", &fault.Error{}, fault.Internal, "error.internal"},
		{"sentinel", errOutOfStock, fault.Conflict, "cart.out_of_stock"},
		{"outermost wins", errOutOfStock.Because(fault.New(fault.NotFound, "x")), fault.Conflict, "cart.out_of_stock"},
		{"no key", fault.New(fault.Quota, ""), fault.Quota, "error.quota"},
		{"form", fault.Invalid(), fault.Malformed, fault.InvalidKey},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.KindOf(tt.err); got != tt.kind {
				t.Errorf("kind %q, want %q", got, tt.kind)
			}
			if got := fault.KeyOf(tt.err); got != tt.key {
				t.Errorf("key %q, want %q", got, tt.key)
			}
			if tt.err != nil && !fault.Is(tt.err, tt.kind) {
				t.Errorf("Is(%q) is false", tt.kind)
			}
		})
	}
	if fault.Is(nil, "") || fault.Is(nil, fault.Internal) {
		t.Error("no error has a kind")
	}
}

func TestFieldsOf_NothingIsLost(t *testing.T) {
	a := fault.Field{Name: "email", Key: "form.email"}
	b := fault.Field{Name: "name", Key: "form.too_long", Args: fault.Args{"max": 80}}
	bound := fault.Field{Name: "quantity", Key: "cart.out_of_stock", Args: fault.Args{"left": 2}}
	quantity := errOutOfStock.With(fault.Args{"left": 2}).On("quantity")

	tests := []struct {
		name string
		err  error
		want []fault.Field
	}{
		{"none", io.EOF, nil},
		{"two", fault.Invalid(a, b), []fault.Field{a, b}},
		{"wrapped", fmt.Errorf("sign up: %w", fault.Invalid(a)), []fault.Field{a}},
		{"bound", quantity, []fault.Field{bound}},
		{"joined", errors.Join(fault.Invalid(a), io.EOF, quantity), []fault.Field{a, bound}},
		{"cause of another fault", errOutOfStock.Because(fault.Invalid(a)), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, fault.FieldsOf(tt.err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestError_TellsTheLogEverythingButTheArguments(t *testing.T) {
	err := fault.Invalid(fault.Field{Name: "email", Key: "form.email", Args: fault.Args{"was": "ann@"}},
		fault.Field{Name: "name", Key: "form.required"}).Because(io.EOF)
	want := "invalid: form.invalid (email form.email, name form.required): EOF"
	if got := err.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
