package doctor_test

import (
	"context"
	"errors"
	"testing"

	"echoppe.dev/cmd/internal/doctor"
)

func TestBuild(t *testing.T) { wantOK(t, look(t, doctor.Build())) }

func TestLocalNames(t *testing.T) {
	answer := func(addrs []string, err error) doctor.Check {
		return doctor.LocalNamesWith(func(context.Context, string) ([]string, error) { return addrs, err })
	}
	wantOK(t, look(t, answer([]string{"127.0.0.1", "::1"}, nil)))
	wantBad(t, look(t, answer([]string{"127.0.0.1", "192.0.2.1"}, nil)), "192.0.2.1")
	f := look(t, answer(nil, errors.New("no such host")))
	if !f.Minor || f.Err() != nil || f.Remedy == "" {
		t.Errorf("an unknown name is more than a note: %+v", f)
	}
}

func TestFileLimit(t *testing.T) {
	wantOK(t, doctor.JudgeFiles(4096, 1024))
	wantBad(t, doctor.JudgeFiles(256, 1024), "256", "ulimit -n 1024")
	wantBad(t, look(t, doctor.FileLimit(1<<63)), "LimitNOFILE=")
}
