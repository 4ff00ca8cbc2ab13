package web

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// inMemory is what an upload may hold in memory; the rest goes to temporary
// files, which are removed when the request is done.
const inMemory = 1 * mib

var (
	errMediaType = echo.NewHTTPError(http.StatusUnsupportedMediaType)
	errTooLarge  = echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	errMalformed = fault.New(fault.Malformed, fault.Malformed.Key())
)

// Form decodes the body of a form, url-encoded or multipart, into a T. It
// reads nothing of the address.
//
// T is a struct whose fields carry `form:"name"`:
//
//	Name   string                  `form:"name,required"`
//	Note   string                  `form:"note,raw"`   // not trimmed
//	Stock  *int                    `form:"stock"`      // nil when absent or empty
//	Rev    int                     `form:"rev,revision"` // see form.Revision
//	Public bool                    `form:"public"`     // a check box
//	Tags   []string                `form:"tag"`        // repeated
//	Names  map[string]string       `form:"name"`       // name.fr, name.de
//	Lines  []struct{ … }           `form:"line"`       // line.0.sku, line.1.sku
//	Photo  *multipart.FileHeader   `form:"photo"`
//	Photos []*multipart.FileHeader `form:"photos"`
//
// Texts are trimmed, their line ends become "\n"; NUL and invalid UTF-8 are
// refused. Unknown fields are ignored.
//
// The error is a Malformed fault with its fields (keys form.required,
// form.whole_number, form.choice, form.text, form.too_many); T then holds everything
// that could be read, so that the page can be shown again as it was typed. A
// body that is too large or no form gives 413 or 415. The standard library
// takes 10,000 values url-encoded but 1,000 parts of a multipart form, so long
// tables are not sent together with files.
func Form[T any](c echo.Context) (T, error) {
	var into T
	src, err := readForm(c)
	if err != nil {
		return into, err
	}
	return into, decode(src, "form", &into)
}

// Query is Form for the query of the address, with `query:"name"`.
func Query[T any](c echo.Context) (T, error) {
	var into T
	values, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return into, errMalformed.Because(err)
	}
	return into, decode(source{values: values}, "query", &into)
}

// FormValue is one text of the form, before a handler reads all of it. What is wrong with the body is
// left for the handler to say.
func FormValue(c echo.Context, name string) string {
	src, err := readForm(c)
	if err != nil || len(src.values[name]) != 1 {
		return ""
	}
	return src.values[name][0]
}

// FormContent is all that was typed into a form, as one text that is the same for the same form. Of files it
// holds name and size.
func FormContent(c echo.Context) string {
	src, err := readForm(c)
	if err != nil {
		return ""
	}
	files := make(url.Values, len(src.files))
	for name, sent := range src.files {
		for _, f := range sent {
			files.Add(name, f.Filename+" "+strconv.FormatInt(f.Size, 10))
		}
	}
	return url.Values(src.values).Encode() + " " + files.Encode()
}

// readForm reads the body, which can be read a single time, and remembers what came of it.
func readForm(c echo.Context) (source, error) {
	x := exchangeOf(c)
	if x.form == nil {
		src, err := parseForm(c)
		x.form = &readOnce{src, err}
	}
	return x.form.src, x.form.err
}

type readOnce struct {
	src source
	err error
}

func parseForm(c echo.Context) (source, error) {
	r := c.Request()
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && (r.ContentLength != 0 || r.Header.Get("Content-Type") != "") {
		return source{}, errMediaType
	}
	var src source
	switch {
	case kind == "multipart/form-data":
		if err := r.ParseMultipartForm(inMemory); err != nil {
			return source{}, unreadable(err)
		}
		exchangeOf(c).cleanup = append(exchangeOf(c).cleanup, r.MultipartForm.RemoveAll)
		src = source{values: r.MultipartForm.Value, files: r.MultipartForm.File}
	case kind == "application/x-www-form-urlencoded" || kind == "":
		if err := r.ParseForm(); err != nil {
			return source{}, unreadable(err)
		}
		src = source{values: r.PostForm}
	default:
		return source{}, errMediaType
	}
	return src, nil
}

// unreadable keeps the errors of the body itself and makes the rest a refusal.
func unreadable(err error) error {
	switch {
	case errors.Is(err, errTooSlow):
		return errTooSlow
	case Status(err) == http.StatusRequestEntityTooLarge || errors.Is(err, multipart.ErrMessageTooLarge):
		return errTooLarge.WithInternal(err)
	}
	return errMalformed.Because(err)
}
