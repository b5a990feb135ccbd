// tlog_verify checks a folder of C2SP tlog-tiles with golang.org/x/mod/sumdb, which shares no code with Polity:
// the signature of the checkpoint, that every entry of every bundle is the leaf at its place (inclusion), and that
// trees of many sizes are beginnings of the whole (consistency).
//
// Usage: tlog_verify FOLDER
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (f folder) Height() int                         { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), "tile", strings.TrimPrefix(tile.Path(), "tile/8/")))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func refuse(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}

func must(err error) {
	if err != nil {
		refuse("%v", err)
	}
}

// entries reads the bundle that begins at an index: entries with their lengths before them.
func entries(dir string, index, width int64) [][]byte {
	path := tlog.Tile{H: 8, L: 0, N: index, W: int(width)}.Path()
	path = strings.Replace(strings.TrimPrefix(path, "tile/8/"), "0/", "entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, "tile", path))
	must(err)
	var found [][]byte
	for len(data) > 0 {
		size := int(binary.BigEndian.Uint16(data))
		found = append(found, data[2:2+size])
		data = data[2+size:]
	}
	return found
}

func main() {
	dir := os.Args[1]
	key, err := os.ReadFile(filepath.Join(dir, "key"))
	must(err)
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	must(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.SplitN(signed.Text, "\n", 4)
	var size int64
	fmt.Sscan(lines[1], &size)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, folder(dir))
	for begin := int64(0); begin < size; begin += 256 {
		width := min(256, size-begin)
		bundle := entries(dir, begin/256, width)
		if int64(len(bundle)) != width {
			refuse("bundle %d has %d entries, not %d", begin/256, len(bundle), width)
		}
		for offset, entry := range bundle {
			index := begin + int64(offset)
			proof, err := tlog.ProveRecord(size, index, reader)
			must(err)
			if err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry)); err != nil {
				refuse("entry %d is not in the tree: %v", index, err)
			}
		}
	}
	trees := int64(0)
	for smaller := int64(1); smaller <= size; smaller += 1 + size/500 {
		proof, err := tlog.ProveTree(size, smaller, reader)
		must(err)
		hash, err := tlog.TreeHash(smaller, reader)
		must(err)
		if err := tlog.CheckTree(proof, size, root, smaller, hash); err != nil {
			refuse("the tree of %d is no beginning: %v", smaller, err)
		}
		trees++
	}
	fmt.Printf("signed by %s: %d entries included, %d smaller trees consistent\n", signed.Sigs[0].Name, size, trees)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
