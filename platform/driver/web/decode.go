package web

import (
	"fmt"
	"mime/multipart"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
)

// maxRows bounds the rows of one repeated group.
const maxRows = 2000

// source is a form or a query, before it has a type.
type source struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
}

// decoder walks a struct and collects what could not be read.
type decoder struct {
	source
	tag    string
	fields []fault.Field
	rows   map[string][]int // indexes present under each "prefix."
}

func decode(src source, tag string, into any) error {
	d := decoder{source: src, tag: tag}
	v := reflect.ValueOf(into).Elem()
	if v.Kind() != reflect.Struct {
		panic(fmt.Sprintf("web: cannot decode a form into %s", v.Type()))
	}
	d.structure(v, "")
	if len(d.fields) > 0 {
		return fault.Invalid(d.fields...)
	}
	return nil
}

var (
	fileType  = reflect.TypeFor[*multipart.FileHeader]()
	filesType = reflect.TypeFor[[]*multipart.FileHeader]()
	textsType = reflect.TypeFor[map[string]string]()
)

func (d *decoder) structure(v reflect.Value, prefix string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		tag, tagged := field.Tag.Lookup(d.tag)
		if !tagged {
			if field.Anonymous && field.Type.Kind() == reflect.Struct {
				d.structure(v.Field(i), prefix)
			}
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		d.field(v.Field(i), prefix+name, options)
	}
}

func (d *decoder) field(v reflect.Value, name, options string) {
	switch v.Type() {
	case fileType:
		if files := d.files[name]; len(files) > 0 {
			v.Set(reflect.ValueOf(files[0]))
		}
	case filesType:
		v.Set(reflect.ValueOf(d.files[name]))
	case textsType:
		d.texts(v, name, options)
	default:
		if v.Kind() == reflect.Slice {
			d.slice(v, name, options)
			return
		}
		values := d.values[name]
		if len(values) == 0 || v.Kind() != reflect.Bool && strings.TrimSpace(values[0]) == "" && !has(options, "raw") {
			d.absent(v, name, options, values)
			return
		}
		// A check box with a hidden twin sends both; the last one counts.
		d.scalar(v, name, values[len(values)-1], options)
		return
	}
	if v.IsZero() && has(options, "required") {
		d.refuse(name, "form.required")
	}
}

// absent treats "not sent" and "left empty" alike, but for a *string, where an
// emptied field is a wish.
func (d *decoder) absent(v reflect.Value, name, options string, values []string) {
	if has(options, "required") {
		d.refuse(name, "form.required")
	}
	if len(values) > 0 && v.Type() == reflect.TypeFor[*string]() {
		v.Set(reflect.ValueOf(new(string)))
	}
}

func (d *decoder) scalar(v reflect.Value, name, text, options string) {
	if v.Kind() == reflect.Pointer {
		target := reflect.New(v.Type().Elem())
		before := len(d.fields)
		d.scalar(target.Elem(), name, text, options)
		if len(d.fields) == before {
			v.Set(target)
		}
		return
	}
	text, ok := clean(text, options)
	if !ok {
		d.refuse(name, "form.text")
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		value, ok := truth(text)
		if !ok {
			d.refuse(name, "form.choice")
		}
		v.SetBool(value)
	case reflect.Int, reflect.Int64, reflect.Int32:
		if has(options, "revision") {
			v.SetInt(int64(form.Revision(text)))
			return
		}
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			d.refuse(name, "form.whole_number")
			return
		}
		v.SetInt(n)
	default:
		panic(fmt.Sprintf("web: field %s: cannot decode into %s", name, v.Type()))
	}
}

func (d *decoder) slice(v reflect.Value, name, options string) {
	if v.Type().Elem().Kind() == reflect.Struct {
		d.structures(v, name)
	} else {
		values := d.values[name]
		if len(values) > maxRows {
			d.refuse(name, "form.too_many")
			values = values[:maxRows]
		}
		for _, text := range values {
			item := reflect.New(v.Type().Elem()).Elem()
			d.scalar(item, name, text, options)
			v.Set(reflect.Append(v, item))
		}
	}
	if v.Len() == 0 && has(options, "required") {
		d.refuse(name, "form.required")
	}
}

// structures reads name.0.x, name.1.x … in the order of their numbers. Numbers
// may be missing: a page that removes a row need not count again. Refused
// fields keep the numbers of the page.
func (d *decoder) structures(v reflect.Value, name string) {
	indexes := d.indexes(name + ".")
	if len(indexes) > maxRows {
		d.refuse(name, "form.too_many")
		indexes = indexes[:maxRows]
	}
	for _, i := range indexes {
		row := reflect.New(v.Type().Elem()).Elem()
		d.structure(row, name+"."+strconv.Itoa(i)+".")
		v.Set(reflect.Append(v, row))
	}
}

func (d *decoder) indexes(prefix string) []int {
	if found, known := d.rows[prefix]; known {
		return found
	}
	var found []int
	note := func(key string) {
		rest, ok := strings.CutPrefix(key, prefix)
		number, _, dotted := strings.Cut(rest, ".")
		if !ok || !dotted || len(number) > 6 || !digits(number) || number != "0" && number[0] == '0' {
			return
		}
		i, _ := strconv.Atoi(number) // six digits always fit
		found = append(found, i)
	}
	for key := range d.values {
		note(key)
	}
	for key := range d.files {
		note(key)
	}
	slices.Sort(found)
	found = slices.Compact(found)
	if d.rows == nil {
		d.rows = make(map[string][]int)
	}
	d.rows[prefix] = found
	return found
}

// texts reads name.fr, name.de … into a map.
func (d *decoder) texts(v reflect.Value, name, options string) {
	texts := make(map[string]string)
	for key, values := range d.values {
		suffix, ok := strings.CutPrefix(key, name+".")
		if !ok || suffix == "" || strings.Contains(suffix, ".") || len(values) == 0 {
			continue
		}
		text, ok := clean(values[0], options)
		if !ok {
			d.refuse(key, "form.text")
			continue
		}
		texts[suffix] = text
	}
	if len(texts) > 0 {
		v.Set(reflect.ValueOf(texts))
	}
}

func (d *decoder) refuse(name, key string) {
	d.fields = append(d.fields, fault.Field{Name: name, Key: key})
}

func has(options, option string) bool {
	for o := range strings.SplitSeq(options, ",") {
		if o == option {
			return true
		}
	}
	return false
}

// clean makes a typed text fit for storage. Postgres takes neither NUL nor
// invalid UTF-8, and browsers send line ends as CRLF.
func clean(text, options string) (string, bool) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", false
	}
	if has(options, "raw") {
		return text, true
	}
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), true
}

func truth(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "1", "on", "true", "yes":
		return true, true
	case "", "0", "off", "false", "no":
		return false, true
	}
	return false, false
}
