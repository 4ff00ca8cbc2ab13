package value

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// AppendJSON writes the value as JSON behind b, with <, > and & written as \u…, so that it may stand in a script element. What
// has no JSON is null. It stops when b is longer than most bytes,
// and says whether all of it fitted.
func (v Value) AppendJSON(b []byte, most int) ([]byte, bool) {
	switch v.Kind() {
	case Bool:
		b = strconv.AppendBool(b, v.Truth())
	case Int:
		b = strconv.AppendInt(b, v.Int(), 10)
	case Float:
		b = appendJSONFloat(b, v.Float())
	case Text, HTML:
		return appendQuoted(b, v.Raw(), most)
	case Time:
		return appendQuoted(b, v.Time().Format(time.RFC3339Nano), most)
	case List, Range:
		return v.appendArray(b, most)
	case Dict:
		d := v.Dict()
		return appendObject(b, most, d.Len(), d.At)
	case Object:
		if v.typ == dropType {
			return append(b, "null"...), true
		}
		names := v.typ.names
		return appendObject(b, most, len(names), func(i int) (string, Value) { return names[i], v.typ.fields[names[i]].Read(v) })
	default:
		b = append(b, "null"...)
	}
	return b, len(b) <= most
}

func (v Value) appendArray(b []byte, most int) (_ []byte, fits bool) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if b, fits = v.Index(i).AppendJSON(b, most); !fits {
			return b, false
		}
	}
	return append(b, ']'), true
}

func appendObject(b []byte, most, n int, at func(i int) (string, Value)) (_ []byte, fits bool) {
	b = append(b, '{')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		name, v := at(i)
		if b, fits = appendQuoted(b, name, most); !fits {
			return b, false
		}
		if b, fits = v.AppendJSON(append(b, ':'), most); !fits {
			return b, false
		}
	}
	return append(b, '}'), true
}

func appendQuoted(b []byte, s string, most int) ([]byte, bool) {
	if len(s) > most-len(b) {
		return b, false
	}
	quoted, err := json.Marshal(s)
	if err != nil { // a text always has JSON
		return append(b, `""`...), true
	}
	b = append(b, quoted...)
	return b, len(b) <= most
}

func appendJSONFloat(b []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, f, 'g', -1, 64)
}
