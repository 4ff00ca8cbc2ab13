// Package s3 keeps a blob.Bucket in an S3-compatible store.
//
// Small objects go up in one request; larger ones in parts, which are thrown away
// when the upload fails. The store shows an object only when it is complete.
// Requests that fail on the way are repeated by the SDK (three attempts with
// back-off); after that the error is blob.ErrUnavailable.
//
// Checksums beyond what S3 requires are off: many compatible stores do not know
// them.
package s3
