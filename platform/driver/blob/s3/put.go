package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"echoppe.dev/platform/driver/blob"
)

const (
	// partSize is what one upload holds in memory. S3 wants at least 5 MiB and at
	// most 10,000 parts, so the largest object is 80 GiB.
	partSize = 8 << 20
	maxParts = 10_000
	// abortTimeout bounds the throwing away of parts after a failure.
	abortTimeout = 10 * time.Second
)

// Put implements blob.Bucket.
func (b *Bucket) Put(ctx context.Context, key string, r io.Reader, m blob.Meta) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	if m.ContentType == "" {
		m.ContentType = blob.DefaultContentType
	}
	var part bytes.Buffer
	n, err := io.CopyN(&part, r, partSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if n == partSize {
		return b.putParts(ctx, key, &part, r, m)
	}
	if err := checkSize(m, n); err != nil {
		return err
	}
	_, err = b.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &b.name, Key: &key, Body: bytes.NewReader(part.Bytes()),
		ContentType: &m.ContentType, CacheControl: optional(m.CacheControl),
	})
	return b.failure(ctx, "store", key, err)
}

// putParts uploads first, then what follows in r.
func (b *Bucket) putParts(ctx context.Context, key string, first *bytes.Buffer, r io.Reader, m blob.Meta) error {
	started, err := b.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: &b.name, Key: &key, ContentType: &m.ContentType, CacheControl: optional(m.CacheControl),
	})
	if err != nil {
		return b.failure(ctx, "store", key, err)
	}
	u := upload{b: b, key: key, id: started.UploadId}
	if err := u.send(ctx, first, r, m); err != nil {
		// The context may be what failed; without this the parts would stay and cost.
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortTimeout)
		defer cancel()
		_, _ = b.client.AbortMultipartUpload(last, &s3.AbortMultipartUploadInput{Bucket: &b.name, Key: &key, UploadId: u.id})
		return err
	}
	return nil
}

// upload is one object on its way up.
type upload struct {
	b    *Bucket
	key  string
	id   *string
	done []types.CompletedPart
}

func (u *upload) send(ctx context.Context, part *bytes.Buffer, r io.Reader, m blob.Meta) error {
	var total int64
	for part.Len() > 0 {
		total += int64(part.Len())
		if err := u.part(ctx, part); err != nil {
			return err
		}
		part.Reset()
		if _, err := io.CopyN(part, r, partSize); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	if err := checkSize(m, total); err != nil {
		return err
	}
	_, err := u.b.client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: &u.b.name, Key: &u.key, UploadId: u.id,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: u.done},
	})
	return u.b.failure(ctx, "store", u.key, err)
}

func (u *upload) part(ctx context.Context, part *bytes.Buffer) error {
	if len(u.done) == maxParts {
		return blob.ErrSize.Because(errors.New("more parts than a store accepts"))
	}
	number := aws.Int32(int32(len(u.done) + 1))
	out, err := u.b.client.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: &u.b.name, Key: &u.key, UploadId: u.id, PartNumber: number, Body: bytes.NewReader(part.Bytes()),
	})
	if err != nil {
		return u.b.failure(ctx, "store", u.key, err)
	}
	u.done = append(u.done, types.CompletedPart{ETag: out.ETag, PartNumber: number})
	return nil
}

func checkSize(m blob.Meta, size int64) error {
	if m.Size > 0 && m.Size != size {
		return blob.ErrSize.Because(fmt.Errorf("got %d bytes, %d were announced", size, m.Size))
	}
	return nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
