package ui

import (
	"fmt"
	"strings"
	"time"
)

const (
	sparkWidth  = 100
	sparkHeight = 28
	sparkMargin = 3
)

// sparkline is the points of a small line, scaled to its box.
func sparkline(values []float64) string {
	low, high := values[0], values[0]
	for _, value := range values {
		low, high = min(low, value), max(high, value)
	}
	span := high - low
	if span == 0 {
		span = 1
	}
	points := make([]string, len(values))
	for i, value := range values {
		x := float64(i) * sparkWidth / float64(len(values)-1)
		y := sparkHeight - sparkMargin - (value-low)/span*(sparkHeight-2*sparkMargin)
		points[i] = fmt.Sprintf("%.1f,%.1f", x, y)
	}
	return strings.Join(points, " ")
}

func (s Step) state() StepState {
	if s.State == "" {
		return StepOpen
	}
	return s.State
}

// defaultEvery is how often a running task is asked how far it is.
const defaultEvery = 2 * time.Second

func (p Progress) every() string {
	every := p.Every
	if every <= 0 {
		every = defaultEvery
	}
	return fmt.Sprintf("%dms", every.Milliseconds())
}
