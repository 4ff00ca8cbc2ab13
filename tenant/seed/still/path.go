package still

import (
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/vector"
)

// path is an outline: commands M L Q C Z, as in SVG, with absolute coordinates in units.
type path []command

type command struct {
	op byte
	at []point
}

type point struct{ x, y float32 }

// draw reads an outline. A mistake in one is a bug and panics.
func draw(text string) path {
	var p path
	words := strings.Fields(text)
	for i := 0; i < len(words); {
		op := words[i][0]
		i++
		n, ok := map[byte]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3, 'Z': 0}[op]
		if !ok {
			panic(fmt.Sprintf("still: command %q", words[i-1]))
		}
		for first := true; first || (n > 0 && i < len(words) && words[i][0] < 'A'); first = false {
			c := command{op: op}
			for range n {
				c.at = append(c.at, point{coordinate(words[i]), coordinate(words[i+1])})
				i += 2
			}
			p = append(p, c)
		}
	}
	return p
}

func coordinate(s string) float32 {
	v, err := strconv.ParseFloat(s, 32)
	if err != nil {
		panic(err)
	}
	return float32(v)
}

// each is the path with every point changed.
func (p path) each(f func(point) point) path {
	out := make(path, len(p))
	for i, c := range p {
		out[i].op = c.op
		for _, a := range c.at {
			out[i].at = append(out[i].at, f(a))
		}
	}
	return out
}

// mirrored is the path reflected at the middle of the picture.
func (p path) mirrored() path { return p.each(func(a point) point { return point{100 - a.x, a.y} }) }

// moved is the path shifted.
func (p path) moved(dx, dy float32) path {
	return p.each(func(a point) point { return point{a.x + dx, a.y + dy} })
}

// scaled is the path made larger around (cx,cy).
func (p path) scaled(s, cx, cy float32) path {
	return p.each(func(a point) point { return point{cx + (a.x-cx)*s, cy + (a.y-cy)*s} })
}

// turned is the path turned by degrees around (cx,cy).
func (p path) turned(degrees, cx, cy float32) path {
	sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
	return p.each(func(a point) point {
		x, y := a.x-cx, a.y-cy
		return point{cx + x*float32(cos) - y*float32(sin), cy + x*float32(sin) + y*float32(cos)}
	})
}

// bounds are the pixels the outline may touch, at so many a unit.
func (p path) bounds(scale float32) image.Rectangle {
	low, high := point{math.MaxFloat32, math.MaxFloat32}, point{-math.MaxFloat32, -math.MaxFloat32}
	for _, c := range p {
		for _, a := range c.at {
			low, high = point{min(low.x, a.x), min(low.y, a.y)}, point{max(high.x, a.x), max(high.y, a.y)}
		}
	}
	return image.Rect(int(low.x*scale)-1, int(low.y*scale)-1, int(high.x*scale)+2, int(high.y*scale)+2)
}

// trace hands the outline to the rasteriser, whose corner is the pixel (left,top).
func (p path) trace(r *vector.Rasterizer, scale, left, top float32) {
	for _, c := range p {
		var a [3]point
		for i, at := range c.at {
			a[i] = point{at.x*scale - left, at.y*scale - top}
		}
		switch c.op {
		case 'M':
			r.MoveTo(a[0].x, a[0].y)
		case 'L':
			r.LineTo(a[0].x, a[0].y)
		case 'Q':
			r.QuadTo(a[0].x, a[0].y, a[1].x, a[1].y)
		case 'C':
			r.CubeTo(a[0].x, a[0].y, a[1].x, a[1].y, a[2].x, a[2].y)
		case 'Z':
			r.ClosePath()
		}
	}
	r.ClosePath()
}

// oval is an ellipse.
func oval(cx, cy, rx, ry float32) path {
	const k = 0.5523
	return path{
		{'M', []point{{cx + rx, cy}}},
		{'C', []point{{cx + rx, cy + ry*k}, {cx + rx*k, cy + ry}, {cx, cy + ry}}},
		{'C', []point{{cx - rx*k, cy + ry}, {cx - rx, cy + ry*k}, {cx - rx, cy}}},
		{'C', []point{{cx - rx, cy - ry*k}, {cx - rx*k, cy - ry}, {cx, cy - ry}}},
		{'C', []point{{cx + rx*k, cy - ry}, {cx + rx, cy - ry*k}, {cx + rx, cy}}},
		{'Z', nil},
	}
}

// box is a rectangle with round corners.
func box(x, y, w, h, r float32) path {
	return path{
		{'M', []point{{x + r, y}}}, {'L', []point{{x + w - r, y}}}, {'Q', []point{{x + w, y}, {x + w, y + r}}},
		{'L', []point{{x + w, y + h - r}}}, {'Q', []point{{x + w, y + h}, {x + w - r, y + h}}},
		{'L', []point{{x + r, y + h}}}, {'Q', []point{{x, y + h}, {x, y + h - r}}},
		{'L', []point{{x, y + r}}}, {'Q', []point{{x, y}, {x + r, y}}}, {'Z', nil},
	}
}

// stroke is a line of a width along a curve from a over two handles to b, thinner at its ends.
func stroke(a, h1, h2, b point, width float32) path {
	const steps = 24
	var left, right []point
	for i := 0; i <= steps; i++ {
		t := float32(i) / steps
		u := 1 - t
		p := point{u*u*u*a.x + 3*u*u*t*h1.x + 3*u*t*t*h2.x + t*t*t*b.x, u*u*u*a.y + 3*u*u*t*h1.y + 3*u*t*t*h2.y + t*t*t*b.y}
		dx := 3*u*u*(h1.x-a.x) + 6*u*t*(h2.x-h1.x) + 3*t*t*(b.x-h2.x)
		dy := 3*u*u*(h1.y-a.y) + 6*u*t*(h2.y-h1.y) + 3*t*t*(b.y-h2.y)
		n := float32(math.Hypot(float64(dx), float64(dy)))
		if n == 0 {
			n = 1
		}
		w := width / 2 * (0.35 + 0.65*float32(math.Sin(float64(t)*math.Pi)))
		left = append(left, point{p.x - dy/n*w, p.y + dx/n*w})
		right = append(right, point{p.x + dy/n*w, p.y - dx/n*w})
	}
	out := path{{'M', []point{left[0]}}}
	for _, p := range left[1:] {
		out = append(out, command{'L', []point{p}})
	}
	for i := len(right) - 1; i >= 0; i-- {
		out = append(out, command{'L', []point{right[i]}})
	}
	return append(out, command{'Z', nil})
}
