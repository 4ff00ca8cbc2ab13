package standard

import (
	"strconv"
	"strings"
	"time"
)

// Strftime writes an instant by a format of C and Ruby: %Y-%m-%d, with the flags - (no filling), 0, _ and ^ and a width. ok is false
// when the result would be longer than most bytes. Names are English; a directive nobody knows stays as it is.
func Strftime(t time.Time, format string, most int) (out string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if b.Len() > most {
			return "", false
		}
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		d, end := directive(format, i+1)
		if end >= len(format) {
			b.WriteString(format[i:])
			break
		}
		text, fill, width := part(t, format[end])
		if width < 0 {
			b.WriteString(format[i : end+1])
		} else {
			b.WriteString(d.dress(text, fill, width))
		}
		i = end
	}
	return b.String(), b.Len() <= most
}

// dressing is what stands between % and the letter.
type dressing struct {
	fill  byte // 0 for what is usual, '-' for none
	upper bool
	width int // 0 for what is usual
}

// maxWidth bounds what a format asks for.
const maxWidth = 100

func directive(format string, i int) (d dressing, end int) {
	for ; i < len(format); i++ {
		switch c := format[i]; {
		case c == '-' || c == '_' || c == '0' && d.width == 0:
			d.fill = c
		case c == '^':
			d.upper = true
		case c >= '0' && c <= '9':
			d.width = min(d.width*10+int(c-'0'), maxWidth)
		case c == ':' || c == '#':
		default:
			return d, i
		}
	}
	return d, i
}

func (d dressing) dress(s string, fill byte, width int) string {
	if d.upper {
		s = strings.ToUpper(s)
	}
	if d.width > 0 {
		width = d.width
	}
	switch d.fill {
	case '-':
		return s
	case '_':
		fill = ' '
	case '0':
		fill = '0'
	}
	if n := width - len(s); n > 0 {
		return strings.Repeat(string(fill), n) + s
	}
	return s
}

// part is what a letter stands for, with what it is filled up and to how many characters; -1 for a letter nobody knows.
func part(t time.Time, letter byte) (text string, fill byte, width int) {
	number := func(n, width int) (string, byte, int) { return strconv.Itoa(n), '0', width }
	spaced := func(n, width int) (string, byte, int) { return strconv.Itoa(n), ' ', width }
	word := func(s string) (string, byte, int) { return s, ' ', 0 }
	year, week := t.ISOWeek()
	switch letter {
	case 'Y':
		return number(t.Year(), 4)
	case 'C':
		return number(t.Year()/100, 2)
	case 'y':
		return number(t.Year()%100, 2)
	case 'm':
		return number(int(t.Month()), 2)
	case 'B':
		return word(t.Month().String())
	case 'b', 'h':
		return word(t.Month().String()[:3])
	case 'd':
		return number(t.Day(), 2)
	case 'e':
		return spaced(t.Day(), 2)
	case 'j':
		return number(t.YearDay(), 3)
	case 'H':
		return number(t.Hour(), 2)
	case 'k':
		return spaced(t.Hour(), 2)
	case 'I':
		return number((t.Hour()+11)%12+1, 2)
	case 'l':
		return spaced((t.Hour()+11)%12+1, 2)
	case 'M':
		return number(t.Minute(), 2)
	case 'S':
		return number(t.Second(), 2)
	case 'L':
		return number(t.Nanosecond()/1e6, 3)
	case 'N':
		return number(t.Nanosecond(), 9)
	case 'p':
		return word(t.Format("PM"))
	case 'P':
		return word(t.Format("pm"))
	case 'A':
		return word(t.Weekday().String())
	case 'a':
		return word(t.Weekday().String()[:3])
	case 'u':
		return number((int(t.Weekday())+6)%7+1, 1)
	case 'w':
		return number(int(t.Weekday()), 1)
	case 'G':
		return number(year, 4)
	case 'V':
		return number(week, 2)
	case 'U':
		return number((t.YearDay()+6-int(t.Weekday()))/7, 2)
	case 'W':
		return number((t.YearDay()+6-(int(t.Weekday())+6)%7)/7, 2)
	case 's':
		return word(strconv.FormatInt(t.Unix(), 10))
	case 'z':
		return word(t.Format("-0700"))
	case 'Z':
		return word(t.Format("MST"))
	case 'n':
		return word("\n")
	case 't':
		return word("\t")
	case '%':
		return word("%")
	}
	if layout, ok := composites[letter]; ok {
		return word(t.Format(layout))
	}
	return "", 0, -1
}

// composites are letters that stand for several others.
var composites = map[byte]string{
	'c': "Mon Jan _2 15:04:05 2006", 'D': "01/02/06", 'x': "01/02/06", 'F': "2006-01-02", 'T': "15:04:05", 'X': "15:04:05", 'R': "15:04",
	'r': "03:04:05 PM", 'v': "_2-Jan-2006",
}
