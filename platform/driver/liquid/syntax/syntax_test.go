package syntax_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// TestMistakes: a mistake says where it is, shows the line, and what was probably meant.
func TestMistakes(t *testing.T) {
	for source, want := range map[string]struct {
		code         syntax.Code
		line, column int
		excerpt      string
		hint         string
	}{
		"a\n  {% fro x in list %}{% endfor %}": {syntax.UnknownTag, 2, 3, "{% fro x in list %}{% endfor %}", "for"},
		"{% unles x %}":                        {syntax.UnknownTag, 1, 1, "{% unles x %}", "unless"},
		"{% %}":                                {syntax.Missing, 1, 1, "{% %}", ""},
		"é{% if x %}\n\n":                      {syntax.Unclosed, 1, 2, "é{% if x %}", ""},
		"{{ a":                                 {syntax.Unclosed, 1, 1, "{{ a", ""},
		"{% if x":                              {syntax.Unclosed, 1, 1, "{% if x", ""},
		"{{ 'a }}":                             {syntax.Unclosed, 1, 4, "{{ 'a }}", ""},
		"{% comment %}x":                       {syntax.Unclosed, 1, 1, "{% comment %}x", ""},
		"{% endfor %}":                         {syntax.Stray, 1, 1, "{% endfor %}", ""},
		"{% if x %}{% endfor %}":               {syntax.Stray, 1, 11, "{% if x %}{% endfor %}", ""},
		"{{ a b }}":                            {syntax.Unexpected, 1, 6, "{{ a b }}", ""},
		"{{ | upcase }}":                       {syntax.Unexpected, 1, 4, "{{ | upcase }}", ""},
		"{{ a | }}":                            {syntax.Missing, 1, 8, "{{ a | }}", ""},
		"{{ a ; b }}":                          {syntax.Unexpected, 1, 6, "{{ a ; b }}", ""},
		"{% if a = b %}{% endif %}":            {syntax.BadOperator, 1, 9, "{% if a = b %}{% endif %}", "=="},
		"{% if a contain b %}{% endif %}":      {syntax.BadOperator, 1, 9, "{% if a contain b %}{% endif %}", "contains"},
		"{% assign 1x = 2 %}":                  {syntax.Unexpected, 1, 12, "{% assign 1x = 2 %}", ""},
		"{{ 99999999999999999999 }}":           {syntax.BadNumber, 1, 4, "{{ 99999999999999999999 }}", ""},
		"{% for x in list reverse %}{% endfor %}":                    {syntax.BadParameter, 1, 18, "{% for x in list reverse %}{% endfor %}", "reversed"},
		"{% break now %}":                                            {syntax.NoArguments, 1, 9, "{% break now %}", ""},
		"{% # one\n two %}":                                          {syntax.BadComment, 2, 1, "two %}", ""},
		"{% include 'a' %}":                                          {syntax.UnknownTag, 1, 1, "{% include 'a' %}", ""},
		"{% render '../secret' %}":                                   {syntax.BadName, 1, 11, "{% render '../secret' %}", ""},
		strings.Repeat("{% if x %}", 200):                            {syntax.TooDeep, 1, 1001, strings.Repeat("{% if x %}", 12), ""},
		"{{ " + strings.Repeat("a[", 100) + " }}":                    {syntax.TooDeep, 1, 70, "", ""},
		strings.Repeat("x", syntax.MaxSource+1):                      {syntax.TooLong, 1, 1, "", ""},
		"{% if " + strings.Repeat("a and ", 600) + "a %}{% endif %}": {syntax.TooDeep, 1, 3013, "", ""},
	} {
		_, err := syntax.Parse("page", source)
		var e *syntax.Error
		if !errors.As(err, &e) {
			t.Errorf("%.60q: %v", source, err)
			continue
		}
		if e.Code != want.code || e.Place.Line != want.line || e.Place.Column != want.column || e.Hint != want.hint || want.excerpt != "" && e.Excerpt != want.excerpt {
			t.Errorf("%.60q: %s, code %s at %v, excerpt %q, hint %q", source, err, e.Code, e.Place, e.Excerpt, e.Hint)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"upcase", "downcase", "capitalize", "append", "prepend", "size"}
	for wrong, want := range map[string]string{"upcas": "upcase", "upacse": "upcase", "Upcase": "upcase", "apend": "append", "siez": "size", "truncate": "", "x": "", "": ""} {
		if got := syntax.Suggest(wrong, known); got != want {
			t.Errorf("%q: %q, want %q", wrong, got, want)
		}
	}
}

// TestWalk: each node is seen once, with those inside it.
func TestWalk(t *testing.T) {
	tree, err := syntax.Parse("page", "a{{ b }}{% if c %}d{% elsif e %}{% for f in g %}h{% else %}i{% endfor %}{% endif %}{% case j %}{% when k %}l{% endcase %}{% liquid\n assign m = n\n echo o %}")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	n := 0
	syntax.Walk(tree.Body, func(node syntax.Node) {
		n++
		if text, ok := node.(*syntax.Text); ok {
			texts = append(texts, text.Text)
		}
	})
	if got := strings.Join(texts, ""); got != "adhil" || n != 11 {
		t.Errorf("%d nodes, the texts %q", n, got)
	}
}
