package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"
	"pgregory.net/rapid"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
)

type line struct {
	SKU string `form:"sku,required"`
	Qty int    `form:"qty"`
}

type articleForm struct {
	Name   string            `form:"name,required"`
	Pass   string            `form:"pass,raw"`
	Note   *string           `form:"note"`
	Stock  *int              `form:"stock"`
	Weight int64             `form:"weight"`
	Public bool              `form:"public"`
	Tags   []string          `form:"tag"`
	Sizes  []int             `form:"size"`
	Texts  map[string]string `form:"text"`
	Lines  []line            `form:"line"`
	Unread string
}

// decoded posts a form and returns what the handler got.
func decoded[T any](body string, change ...func(*http.Request)) (got T, err error) {
	e := web.New(options())
	e.POST("/", func(c echo.Context) error { got, err = web.Form[T](c); return nil })
	r := httptest.NewRequest("POST", "/?name=query&public=on", strings.NewReader(body))
	r.Host = "localhost"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, f := range change {
		f(r)
	}
	e.ServeHTTP(httptest.NewRecorder(), r)
	return got, err
}

func ptr[T any](v T) *T { return &v }

func TestForm(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		want       articleForm
		fields     []fault.Field
	}{
		{"every kind", "name=+Mug+&pass=+x+&note=hi&stock=3&weight=-7&public=on&tag=a&tag=b&size=1&size=2&text.fr=Tasse&text.de=Becher&unknown=1",
			articleForm{Name: "Mug", Pass: " x ", Note: ptr("hi"), Stock: ptr(3), Weight: -7, Public: true, Tags: []string{"a", "b"},
				Sizes: []int{1, 2}, Texts: map[string]string{"fr": "Tasse", "de": "Becher"}}, nil},
		{"the query is not read", "name=Mug", articleForm{Name: "Mug"}, nil},
		{"rows in order, with gaps", "name=x&line.10.sku=c&line.2.sku=b&line.0.sku=a&line.0.qty=4&line.01.sku=no&line.x.sku=no&line.sku=no",
			articleForm{Name: "x", Lines: []line{{"a", 4}, {"b", 0}, {"c", 0}}}, nil},
		{"required is missing", "", articleForm{}, []fault.Field{{Name: "name", Key: "form.required"}}},
		{"required is blank", "name=++", articleForm{}, []fault.Field{{Name: "name", Key: "form.required"}}},
		{"what was typed is kept beside the errors", "name=Mug&stock=many&weight=9999999999999999999&public=maybe&line.3.qty=x",
			articleForm{Name: "Mug", Lines: []line{{}}}, []fault.Field{
				{Name: "stock", Key: "form.whole_number"}, {Name: "weight", Key: "form.whole_number"}, {Name: "public", Key: "form.choice"},
				{Name: "line.3.sku", Key: "form.required"}, {Name: "line.3.qty", Key: "form.whole_number"}}},
		{"an emptied text is a wish, an emptied number is none", "name=x&note=&stock=", articleForm{Name: "x", Note: ptr("")}, nil},
		{"line ends", "name=a%0D%0Ab&pass=a%0D%0Ab", articleForm{Name: "a\nb", Pass: "a\r\nb"}, nil},
		{"NUL is refused", "name=a%00b", articleForm{}, []fault.Field{{Name: "name", Key: "form.text"}}},
		{"broken UTF-8 is refused", "name=x&tag=%ff", articleForm{Name: "x", Tags: []string{""}}, []fault.Field{{Name: "tag", Key: "form.text"}}},
		{"check box with a hidden twin", "name=x&public=0&public=1", articleForm{Name: "x", Public: true}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := decoded[articleForm](tc.body)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("form (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.fields, fault.FieldsOf(err)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if (err != nil) != (tc.fields != nil) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestForm_refusals(t *testing.T) {
	for _, tc := range []struct {
		name, body, kind string
		want             int
	}{
		{"no form", "{}", "application/json", 415},
		{"no type at all", "a=b", "", 415},
		{"too large", "name=" + strings.Repeat("x", 1<<20), "application/x-www-form-urlencoded", 413},
		{"broken escape", "name=%zz", "application/x-www-form-urlencoded", 422},
		{"multipart without border", "x", "multipart/form-data", 422},
		{"multipart cut short", "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx", "multipart/form-data; boundary=b", 422},
		{"very many fields", strings.Repeat("a=&", 20_000), "application/x-www-form-urlencoded", 422},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := decoded[articleForm](tc.body, header("Content-Type", tc.kind))
			if got := web.Status(err); got != tc.want {
				t.Errorf("answered %d (%v), want %d", got, err, tc.want)
			}
		})
	}
}

// TestForm_any: no input makes the decoder panic or return text that Postgres
// would refuse.
func TestForm_any(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"name", "tag", "size", "text.fr", "line.0.sku", "line.999999.qty", "line.-1.sku", "public", "stock", "."})
		values := url.Values{}
		for range rapid.IntRange(0, 8).Draw(t, "n") {
			values.Add(names.Draw(t, "name"), rapid.String().Draw(t, "value"))
		}
		got, err := decoded[articleForm](values.Encode())
		if err != nil && !fault.Is(err, fault.Malformed) {
			t.Fatalf("error %v", err)
		}
		for _, text := range append([]string{got.Name, got.Texts["fr"]}, got.Tags...) {
			if strings.ContainsRune(text, 0) || strings.TrimSpace(text) != text {
				t.Fatalf("text %q", text)
			}
		}
	})
}

func TestForm_upload(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, _ := w.CreateFormFile("photo", "../../cat.png")
	part.Write(bytes.Repeat([]byte("meow"), 1<<18)) // one mebibyte: goes to a file
	part, _ = w.CreateFormFile("photo", "dog.png")
	part.Write([]byte("woof"))
	w.WriteField("name", "Cat")
	w.Close()

	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	type form struct {
		Name  string                  `form:"name"`
		First *multipart.FileHeader   `form:"photo"`
		All   []*multipart.FileHeader `form:"photo"`
		None  *multipart.FileHeader   `form:"none"`
	}
	o := options()
	o.MaxBody = 1000
	e := web.New(o)
	raise := web.Upload(8<<20, 0)
	e.POST("/", func(c echo.Context) error {
		got, err := web.Form[form](c)
		if err != nil {
			return err
		}
		if got.Name != "Cat" || len(got.All) != 2 || got.First.Filename != "cat.png" || got.None != nil {
			t.Errorf("form %+v", got)
		}
		file, err := got.First.Open()
		if err != nil {
			return err
		}
		defer file.Close()
		content, err := io.ReadAll(file)
		if len(content) != 1<<20 {
			t.Errorf("%d bytes", len(content))
		}
		return err
	}, raise)
	r := httptest.NewRequest("POST", "http://localhost/", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, r)
	if answer.Code != 200 {
		t.Errorf("answer %d %s", answer.Code, answer.Body)
	}
	left, err := filepath.Glob(filepath.Join(temp, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
	if _, err := os.Stat(temp); err != nil {
		t.Error(err)
	}
}

func TestQuery(t *testing.T) {
	type filter struct {
		Page int      `query:"page"`
		Tags []string `query:"tag"`
		Name string   `query:"name,required"`
	}
	for query, want := range map[string]struct {
		filter filter
		status int
	}{
		"page=2&tag=a&tag=b&name=x": {filter{2, []string{"a", "b"}, "x"}, 200},
		"page=two&name=x":           {filter{Name: "x"}, 422},
		"":                          {filter{}, 422},
		"name=%zz":                  {filter{}, 422},
	} {
		e := web.New(options())
		var got filter
		e.POST("/", func(c echo.Context) (err error) { got, err = web.Query[filter](c); return err })
		r := httptest.NewRequest("POST", "http://localhost/?"+query, strings.NewReader("name=body"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		if diff := cmp.Diff(want.filter, got); diff != "" || w.Code != want.status {
			t.Errorf("%s: %d, want %d; (-want +got):\n%s", query, w.Code, want.status, diff)
		}
	}
}

// Bad input: a revision that no row can have is read as that of nothing, and refuses no field.
func TestForm_revision(t *testing.T) {
	type form struct {
		Rev int `form:"rev,revision"`
	}
	for text, want := range map[string]int{"": 0, "3": 3, "99999999999": -1, "x": -1, "-4": -1} {
		if got, err := decoded[form]("rev=" + text); err != nil || got.Rev != want {
			t.Errorf("%q is %d, %v", text, got.Rev, err)
		}
	}
}
