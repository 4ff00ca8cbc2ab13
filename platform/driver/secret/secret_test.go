package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"echoppe.dev/platform/driver/secret"
)

func material(seed byte) string {
	b := make([]byte, secret.KeySize)
	for i := range b {
		b[i] = seed + byte(i*7)
	}
	return base64.StdEncoding.EncodeToString(b)
}

func ring(t testing.TB, ids ...string) *secret.Ring {
	t.Helper()
	items := make([]string, len(ids))
	for i, id := range ids {
		items[i] = id + ":" + material(id[len(id)-1])
	}
	r, err := secret.ParseKeys(strings.Join(items, ","))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRing_SealOpen(t *testing.T) {
	r := ring(t, "k1")
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.String().Draw(t, "plain")
		context := rapid.String().Draw(t, "context")
		sealed, err := r.Seal(plain, context)
		if err != nil {
			t.Fatal(err)
		}
		if len(plain) > 3 && strings.Contains(sealed, plain) {
			t.Fatalf("the sealed value shows the plain text: %q", sealed)
		}
		if got, err := r.Open(sealed, context); err != nil || got != plain {
			t.Fatalf("Open = %q, %v, want %q", got, err, plain)
		}
		if _, err := r.Open(sealed, context+"x"); !errors.Is(err, secret.ErrUnreadable) {
			t.Fatalf("another context: %v, want ErrUnreadable", err)
		}
	})
}

func TestRing_Open_refuses(t *testing.T) {
	r := ring(t, "k2", "k1")
	sealed, _ := r.Seal("sk_live", secret.Context("shop-a", "bank"))
	flipped := []byte(sealed)
	flipped[len(flipped)/2] ^= 1
	for name, tt := range map[string]struct{ sealed, context string }{
		"moved to another shop":       {sealed, secret.Context("shop-b", "bank")},
		"moved to another purpose":    {sealed, secret.Context("shop-a", "smtp")},
		"parts shifted":               {sealed, secret.Context("shop-abank", "")},
		"one bit changed":             {string(flipped), secret.Context("shop-a", "bank")},
		"claims another key":          {"k1" + sealed[2:], secret.Context("shop-a", "bank")},
		"unknown key":                 {"k9" + sealed[2:], secret.Context("shop-a", "bank")},
		"cut short":                   {sealed[:8], secret.Context("shop-a", "bank")},
		"empty":                       {"", secret.Context("shop-a", "bank")},
		"plain text never sealed":     {"sk_live", secret.Context("shop-a", "bank")},
		"padding smuggled at the end": {sealed + "=", secret.Context("shop-a", "bank")},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := r.Open(tt.sealed, tt.context); !errors.Is(err, secret.ErrUnreadable) || got != "" {
				t.Errorf("Open = %q, %v, want ErrUnreadable", got, err)
			}
		})
	}
}

func TestRing_rotation(t *testing.T) {
	old := ring(t, "k1")
	sealed, _ := old.Seal("value", "c")
	link := old.Sign("preview", "draft-7", time.Unix(2000, 0))

	both := ring(t, "k2", "k1")
	if got, err := both.Open(sealed, "c"); err != nil || got != "value" {
		t.Fatalf("after rotation: %q, %v", got, err)
	}
	if got, err := both.Verify("preview", link, time.Unix(1000, 0)); err != nil || got != "draft-7" {
		t.Fatalf("link after rotation: %q, %v", got, err)
	}
	if !both.Stale(sealed) {
		t.Error("a value of the old key is not Stale")
	}
	again, _ := both.Seal("value", "c")
	if !strings.HasPrefix(again, "k2:") || both.Stale(again) {
		t.Errorf("sealed with %.3q, want the newest key", again)
	}
	if _, err := ring(t, "k2").Open(sealed, "c"); !errors.Is(err, secret.ErrUnreadable) {
		t.Errorf("after the old key is dropped: %v, want ErrUnreadable", err)
	}
}

func TestParseKeys_refuses(t *testing.T) {
	for name, list := range map[string]string{
		"nothing":       " , ",
		"no id":         material(1),
		"bad id":        "K 1:" + material(1),
		"not base64":    "k1:***",
		"short":         "k1:" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef")),
		"not random":    "k1:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("a", 32))),
		"same id twice": "k1:" + material(1) + ",k1:" + material(9),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := secret.ParseKeys(list)
			if err == nil {
				t.Fatal("accepted")
			}
			if strings.Contains(err.Error(), material(1)) {
				t.Errorf("the error quotes key material: %v", err)
			}
		})
	}
}

func TestRing_Verify(t *testing.T) {
	r := ring(t, "k1")
	issued := time.Unix(1_800_000_000, 0)
	purpose := secret.Context("shop-a", "order")
	link := r.Sign(purpose, "order/é/1042", issued.Add(time.Hour))
	if strings.Trim(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" {
		t.Errorf("%q is not safe in an address", link)
	}
	if got, err := r.Verify(purpose, link, issued); err != nil || got != "order/é/1042" {
		t.Fatalf("Verify = %q, %v", got, err)
	}
	parts := strings.Split(link, ".")
	forged := func(i int, with string) string {
		p := append([]string(nil), parts...)
		p[i] = with
		return strings.Join(p, ".")
	}
	for name, tt := range map[string]struct {
		purpose, link string
		at            time.Time
		want          error
	}{
		"at its last second":     {purpose, link, issued.Add(time.Hour), secret.ErrLinkExpired},
		"later life":             {purpose, forged(1, "zzzzzz"), issued, secret.ErrLinkInvalid},
		"other subject":          {purpose, forged(2, "b3JkZXI"), issued, secret.ErrLinkInvalid},
		"other shop":             {secret.Context("shop-b", "order"), link, issued, secret.ErrLinkInvalid},
		"empty signature":        {purpose, forged(3, ""), issued, secret.ErrLinkInvalid},
		"signature cut short":    {purpose, link[:len(link)-2], issued, secret.ErrLinkInvalid},
		"unknown key":            {purpose, forged(0, "k7"), issued, secret.ErrLinkInvalid},
		"not a link":             {purpose, "hello", issued, secret.ErrLinkInvalid},
		"something behind it":    {purpose, link + ".x", issued, secret.ErrLinkInvalid},
		"expired and forged too": {purpose, forged(2, "b3JkZXI"), issued.Add(2 * time.Hour), secret.ErrLinkInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := r.Verify(tt.purpose, tt.link, tt.at); !errors.Is(err, tt.want) || got != "" {
				t.Errorf("Verify = %q, %v, want %v", got, err, tt.want)
			}
		})
	}
}

func TestToken(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token := secret.Token()
		if len(token) < 26 || seen[token] {
			t.Fatalf("token %q is short or repeated", token)
		}
		seen[token] = true
	}
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, "abc"
	if got := secret.Digest("abc"); got != want {
		t.Errorf("Digest = %s, want %s", got, want)
	}
}

func TestText_isNeverShown(t *testing.T) {
	const content = "hunter2"
	text := secret.NewText(content)
	holder := struct {
		Key  secret.Text
		Keys []*secret.Text
	}{text, []*secret.Text{&text}}
	asJSON, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "a", text, "b", holder)
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "a", text, "b", holder)
	shown := fmt.Sprintf("%v %+v %#v %s %q %x %d %v", text, holder, text, text, text, text, text, holder) + string(asJSON) + log.String()
	for _, leak := range []string{content, fmt.Sprintf("%x", content)} {
		if strings.Contains(shown, leak) {
			t.Errorf("%q shown in %s", leak, shown)
		}
	}
	if _, err := text.Value(); err == nil {
		t.Error("a Text went into a column unsealed")
	}
	if text.Reveal() != content || text.IsZero() || !(secret.Text{}).IsZero() {
		t.Error("Reveal or IsZero is wrong")
	}
	var read secret.Text
	if err := json.Unmarshal([]byte(`"hunter2"`), &read); err != nil || read != text {
		t.Errorf("read back %q, %v", read.Reveal(), err)
	}
}

func TestGenerateKey(t *testing.T) {
	a, b := secret.GenerateKey("k1"), secret.GenerateKey("k1")
	if _, err := secret.ParseKeys(a.Reveal()); err != nil || a == b {
		t.Errorf("generated %v and %v: %v", a == b, a, err)
	}
}

// TestPrint: FRD-03, equal texts are known again under every key of the ring, for one purpose, and by nobody without it.
func TestPrint(t *testing.T) {
	old, both, other := ring(t, "k1"), ring(t, "k2", "k1"), ring(t, "k3")
	print := old.Print("mail", "zoe@example.com")
	known := func(r *secret.Ring, purpose, text string) bool {
		return slices.ContainsFunc(r.Prints(purpose, text), func(p []byte) bool { return bytes.Equal(p, print) })
	}
	if !known(old, "mail", "zoe@example.com") || !known(both, "mail", "zoe@example.com") {
		t.Error("not known again")
	}
	if known(both, "phone", "zoe@example.com") || known(both, "mail", "max@example.com") || known(other, "mail", "zoe@example.com") {
		t.Error("another purpose, text or key has the same print")
	}
	if bytes.Equal(both.Print("mail", "zoe@example.com"), print) {
		t.Error("the newest key is not used")
	}
}
