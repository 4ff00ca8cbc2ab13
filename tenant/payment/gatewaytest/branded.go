package gatewaytest

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// shopShape is Request.ShopName as a bank may write it.
var shopShape = regexp.MustCompile(`Caf(é|e|&eacute;|&#233;) Zo(ë|e|&euml;|&#235;)`)

// branded: the bank's page speaks the buyer's language and names the shop, as far as the protocol has a field for them.
func branded(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	_, action := r.Begin(t, r.Mode.ID, r.Bill(t, eur("49.90")))
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.arrive(t, action), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Language", "de") // what the bank would speak if it were told nothing
	resp, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	declared(t, "the shop's name on the bank's page", shopShape.Match(page), f.Lacks.Name)
	declared(t, "the bank's page in French", strings.Contains(string(page), `<html lang="fr">`), f.Lacks.Language)
}
