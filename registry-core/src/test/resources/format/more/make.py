"""Makes the files beside it: pip install numpy joblib lz4 h5py; python make.py. All that they would call is os.getpid."""
import base64, bz2, gzip, io, json, lzma, os, pickle, py_compile, struct, tarfile, zipfile, zlib
import h5py, joblib, numpy as np


class Call:
    def __reduce__(self):
        return os.getpid, ()


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


def zipped(name, entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for entry, data in entries.items():
            z.writestr(zipfile.ZipInfo(entry, (2024, 1, 1, 0, 0, 0)), data, method)
    write(name, out.getvalue())
    return out.getvalue()


CALL = pickle.dumps(Call(), 4)
MODEL = {"w": np.arange(6.0), "names": np.array(["age", "sex"]), "c": Call()}

# joblib: every compressor that the fixtures of the project leave out, and arrays of each kind
for kind in ("gzip", "bz2", "lzma"):
    joblib.dump(MODEL, f"joblib-{kind}.joblib", compress=(kind, 3))
joblib.dump(MODEL, "joblib-plain.joblib")
joblib.dump({"o": np.array([1, Call()], dtype=object)}, "joblib-objects.joblib")
joblib.dump({"r": np.zeros(3, dtype=[("a", "<i4"), ("b", "U3")]), "c": Call()}, "joblib-records.joblib")
write("joblib-old-zlib.joblib", b"ZF" + hex(len(CALL)).ljust(19).encode() + zlib.compress(CALL))

# the same call in every protocol, and without its end
for protocol in range(6):
    write(f"call-protocol{protocol}.pkl", pickle.dumps(Call(), protocol))
write("call-no-stop.bin", pickle.dumps(Call(), 0)[:-1])
write("call-no-stop-4.bin", CALL[:-1])
# names from the memo, names from memo by number, a name that is computed, an extension, OBJ, NEWOBJ_EX
write("call-memo.bin", b"\x80\x04\x8c\x02os\x94\x8c\x06getpid\x9400h\x00h\x01\x93)R.")
write("call-put.bin", b"\x80\x04X\x02\x00\x00\x00osq\x07X\x06\x00\x00\x00getpidr\x08\x00\x00\x0000h\x07j\x08\x00\x00\x00\x93)R.")
write("call-obj.bin", b"(cos\ngetpid\no.")
write("call-newobj-ex.bin", b"\x80\x04cos\ngetpid\n)}\x92.")
write("call-extension.bin", b"\x80\x02\x82\x07)R.")
write("call-behind-classes.pkl", b"\x80\x02" + b"".join(b"csklearn.a\nClass%d\n0" % i for i in range(9)) + CALL[2:])
write("call-in-second-pickle.pkl", pickle.dumps([1], 4) + CALL)
write("unicode.pkl", pickle.dumps(["ä" * 300, "日本", 10**40, -5, 1.5, b"x" * 300, {1, 2}, frozenset([3]), bytearray(9)], 5))
write("unicode-0.pkl", pickle.dumps(["ä\n" * 30, "日本", 10**40, -5, 1.5, True, None, (1, 2)], 0))

# packed in each other
inner = zipped("pickle-in.zip", {"a/b/weights.bin": CALL})
write("pickle-in-zip-in-gzip.bin", gzip.compress(inner, mtime=0))
deep = CALL
for _ in range(5):
    deep = gzip.compress(deep, mtime=0)
write("five-gzips.bin", deep)
tar = io.BytesIO()
with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as t:
    for name, data in {"model/model.pkl": CALL, "model/empty": b""}.items():
        info = tarfile.TarInfo(name)
        info.size = len(data)
        t.addfile(info, io.BytesIO(data))
write("model.tar.gz", gzip.compress(tar.getvalue(), mtime=0))

# torch: before archives, and TorchScript
MAGIC = 0x1950A86A20F9469CFC6C
legacy = [MAGIC, 1001, {"little_endian": True}, Call(), ["0"]]
write("torch-legacy.pt", b"".join(pickle.dumps(x, 2) for x in legacy) + struct.pack("<q4f", 4, 1, 2, 3, 4))
script = b"\x80\x02c__torch__\nNet\nq\x00)\x81}(X\x01\x00\x00\x00wK\x01ub."
zipped("torchscript.pt", {"m/data.pkl": script, "m/code/__torch__.py": b"class Net(Module):\n", "m/constants.pkl": b"\x80\x02).",
                          "m/data/0": b"\x80\x02\x80\x02"}, zipfile.ZIP_STORED)

# Keras
dense = {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2}}
lam = {"module": "keras.layers", "class_name": "Lambda", "config": {"function": {"class_name": "__lambda__", "config": {"code": "4w=="}}}}
foreign = {"module": "os", "class_name": "getpid", "config": {}}


def model(*layers):
    return json.dumps({"module": "keras", "class_name": "Sequential", "config": {"layers": list(layers)}})


for name, layers in {"plain": [dense], "lambda": [dense, lam], "foreign": [dense, foreign]}.items():
    zipped(f"keras-{name}.keras", {"metadata.json": b"{}", "config.json": model(*layers)})
for name, text, libver, extra in [
    ("lambda-varying", model(lam), "earliest", 0), ("lambda-fixed", np.bytes_(model(lam)), "earliest", 0),
    ("lambda-latest", model(lam), "latest", 0), ("lambda-many", model(lam), "earliest", 20), ("lambda-dense", model(lam), "latest", 20)]:
    with h5py.File(f"keras-{name}.h5", "w", libver=libver, track_order=None) as f:
        for i in range(extra):
            f.attrs[f"more{i}"] = i
        f.attrs["model_config"] = text
        f["w"] = np.arange(4.0)
with h5py.File("weights.h5", "w") as f:
    f["w"] = np.arange(4.0)
with h5py.File("pickle-then-hdf5.bin", "w", userblock_size=512) as f:
    f["w"] = np.arange(4.0)
with open("pickle-then-hdf5.bin", "r+b") as f:
    f.write(CALL)

# zips that are not what they seem
plain = zipped("plain.zip", {"a.txt": b"hello", "b.txt": b"there"}, zipfile.ZIP_STORED)
write("pickle-then-zip.bin", CALL + plain)
write("text-then-zip.txt", b"Just text.\n" + inner)
write("zip-other-name.zip", plain.replace(b"a.txt", b"z.txt", 1))
write("zip-trailing.zip", plain + b"more")
write("zip-cut.zip", plain[:-30])
second = plain.index(b"PK\x03\x04", 4)
directory = plain.index(b"PK\x01\x02")
one = directory + plain[directory:].index(b"PK\x01\x02", 4)
end = plain.index(b"PK\x05\x06")
entry_b = plain[one:end]
write("zip-hidden.zip", plain[:directory] + entry_b + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry_b), directory, 0))
overlap = plain[directory:one][:42] + struct.pack("<L", 0) + b"a.txt"
write("zip-overlap.zip", plain[:directory] + overlap + overlap.replace(b"a.txt", b"a.txt") + b"PK\x05\x06"
      + struct.pack("<4H2LH", 0, 0, 2, 2, 2 * len(overlap), directory, 0))
zipped("bomb.zip", {"zeros": bytes(40 << 20)})
write("bomb.bz2", bz2.compress(bytes(100 << 20)))
write("gzip-cut.gz", gzip.compress(os.urandom(0) + bytes(range(256)) * 40, mtime=0)[:-12])

# numpy
np.save("objects.npy", np.array([1, Call()], dtype=object), allow_pickle=True)
np.save("records-with-object.npy", np.array([(1, Call())], dtype=[("a", "i4"), ("b", "O")]), allow_pickle=True)
np.save("named-O.npy", np.zeros(2, dtype=[("O", "<i4")]))
np.savez_compressed("arrays.npz", a=np.arange(9.0), b=np.array(["x", "yy"]))
cut = io.BytesIO()
np.save(cut, np.arange(100.0))
write("cut.npy", cut.getvalue()[:-8])


# GGUF and TensorFlow, by hand
def text(s):
    return struct.pack("<Q", len(s)) + s


gguf = (b"GGUF" + struct.pack("<IQQ", 3, 1, 3) + text(b"general.architecture") + struct.pack("<I", 8) + text(b"llama")
        + text(b"general.alignment") + struct.pack("<II", 4, 64)
        + text(b"tokens") + struct.pack("<IIQ", 9, 8, 2) + text(b"a") + text(b"b")
        + text(b"w") + struct.pack("<IQIQ", 1, 4, 0, 0))
gguf += bytes(-len(gguf) % 64)
write("tensors.gguf", gguf + struct.pack("<4f", 1, 2, 3, 4))
write("cut.gguf", gguf)


def field(number, data):
    return bytes([number << 3 | 2, len(data)]) + data


node = field(1, b"read") + field(2, b"ReadFile")
write("reads-file.pb", b"\x08\x01" + field(2, field(1, b"") + field(2, field(1, node))))
write("frozen-graph.pb", field(1, node))
write("onnx-outside.onnx", b"\x08\x09" + field(7, field(5, field(13, field(1, b"location") + field(2, b"../../etc/passwd"))))
      + field(8, b"\x10\x12"))


# ONNX that runs Python, wants a library, or keeps weights outside, in its graph, in a graph of a node, in a function, in training
def attribute(name, *value):
    return field(5, field(1, name) + b"".join(value))


def node(kind, domain=b"", *attributes):
    return field(4, kind) + b"".join(attributes) + field(7, domain)


def onnx(*nodes, after=b""):
    return b"\x08\x09" + field(7, b"".join(field(1, each) for each in nodes)) + field(8, b"\x10\x12") + after


def function(name, domain, *nodes):
    body = field(1, name) + b"".join(field(7, each) for each in nodes) + field(10, domain)
    return b"\xca\x01" + bytes([len(body)]) + body


outside = field(8, b"w") + field(13, field(1, b"location") + field(2, b"../w"))
pyop = node(b"PyOp", b"pyopmulti_1", attribute(b"module", field(4, b"os")), attribute(b"class_name", field(4, b"system")))
write("onnx-pyop.onnx", onnx(pyop))
write("onnx-python-op.onnx", onnx(node(b"PythonOp", b"com.microsoft", attribute(b"func_name", field(4, b"os.system")))))
write("onnx-py-custom-op.onnx", onnx(node(b"PyCustomOpDef_1", b"ai.onnx.contrib")))
write("onnx-pyop-in-graph.onnx", onnx(node(b"If", b"", attribute(b"then_branch", field(6, field(1, pyop))))))
write("onnx-pyop-in-function.onnx", onnx(node(b"f", b"local"), after=function(b"f", b"local", pyop)))
write("onnx-library.onnx", onnx(node(b"Add"), node(b"Twist", b"com.example.ops")))
write("onnx-library-behind-function.onnx", onnx(node(b"f", b"local"), node(b"g", b"local"), after=function(b"f", b"local", node(b"Add"))))
write("onnx-function.onnx", onnx(node(b"f", b"local"), node(b"Gelu", b"com.microsoft"), after=function(b"f", b"local", node(b"Scaler", b"ai.onnx.ml"))))
constant = node(b"Constant", b"", attribute(b"value", field(5, outside)))
write("onnx-outside-in-function.onnx", onnx(node(b"f", b"local"), after=function(b"f", b"local", constant)))
training = field(1, field(5, outside))
write("onnx-outside-in-training.onnx", onnx(node(b"Add"), after=b"\xa2\x01" + bytes([len(training)]) + training))
twice = field(13, field(1, b"x") + field(1, b"location") + field(2, b"w") + field(2, b"../w"))
write("onnx-outside-twice.onnx", onnx(node(b"Constant", b"", attribute(b"value", field(5, twice)))))

# JSON that makes the library that reads it run code
PICKLE = base64.b64encode(CALL).decode()
for name, value in {
    "keras": {"class_name": "Sequential", "config": {"layers": [{"config": {"function": ["4w=="]}, "class_name": "Lambda"}]}},
    "keras-below": [{"layers": [{"class_name": "Dense", "module": "os", "config": {}}]}],
    "keras-plain": {"class_name": "Sequential", "module": "keras", "config": {"layers": [dense]}},
    "words-of-keras": {"class_name": "Lambda", "module": "os", "layers": [{"config": 1}, {"class_name": "function"}]},
    "jsonpickle": {"a": [{"py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["id"]}]}]},
    "jsonpickle-plain": {"py/tuple": [1, {"py/set": [2]}], "py/id": 1},
    "auto-map": {"architectures": ["X"], "auto_map": {"AutoModel": "evil/repo--modeling.X", "AutoTokenizer": ["tok.T", None]}},
    "auto-map-other": {"auto_map": True, "model_type": "bert.base", "maps": {"auto": "a.b"}},
    "pickle": {"weights": PICKLE},
    "pickle-like": {"weights": "gARoZWxsbyB3b3JsZA==", "more": "gASV", "words": "gAMma"},
}.items():
    write(f"code-{name}.json", json.dumps(value).encode())
for name, kind in {"code": "code", "words": "markdown"}.items():
    write(f"{name}.ipynb", json.dumps({"cells": [{"cell_type": kind, "source": ["import os"]}], "nbformat": 4}).encode())
write("code-mark.json", b'\xef\xbb\xbf' + b" " * 99 + b'{"py/type": "os.system"}')
write("code-key-twice.cfg", b'{"a": 1, "a": 2, "py/type": "os.system"}')

# Python
write("calls.py", b"import os\n\n\ndef f():\n    exec('')\n\n\nos.getpid()\n")
py_compile.compile("calls.py", "calls.pyc", dfile="calls.py", doraise=True)

# scripts and Python, by name or by what they are; and what only looks like it
write("python-as.txt", b"import os\nos.system('id')\n")
write("python-behind-prose.txt", b'"""It is good, isn\'t it?"""\nfrom os import (\n  system)\nif x := 1: system(f"id")\n')
write("python-without-import.md", b"# Model\n().__class__.__base__.__subclasses__()\n")
write("python-in-prose.md", b"# Model\n\nUse it so:\n\n```python\nimport os\nos.system('id')\n```\n")
write("python-in-words.txt", b"To begin, import os and call os.getpid(). It works.\n")
write("names.txt", b"import duty\nincome\nlog\n")
write("names.csv", b"import,log(age)\n1,2\n3,4\n")
write("names-import.txt", b"import\nlog(age)\nexport\n")
write("requirements.txt", b"numpy==2.0\nscipy>=1.14; python_version < '3.14'\n")
write("runs.pth", b"/usr/lib/more\nimport os; os.system('id')\n")
write("paths.pth", b"/usr/lib/more\n../lib\n")
write("script.cmd", b"tree\nversion=v4\ndel *\n")
write("script.R", b"system('id')\n")
write("script-latin.ps1", b"# caf\xe9\nRemove-Item *\n")
write("script-batch.txt", b"@echo off\r\ndel *\r\n")
write("r-as-text.rds", b"A\n3\n262912\n197888\n5\nUTF-8\n")
write("like-r.csv", b"A\n3\n262912\n5\n")

# texts
write("table.csv", b"a,b\n1,2\n3,4\n")
write("words.txt", b"cat\ndog\nConfusion, Income.\n")
write("settings.yaml", b"a: 1\nb: [2]\n")
write("object.json", b'{"a": [1, NaN]}')
write("cut.json", b'{"a": [1, ')
write("xgboost-cut.json", b'{"learner": {"gradient_booster": {"model": ')
write("doctype.pmml", b'<?xml version="1.0"?><!DOCTYPE PMML [<!ENTITY x SYSTEM "file:///etc/passwd">]><PMML>&x;</PMML>')
write("cut.pmml", b'<?xml version="1.0"?><PMML><Header>')
write("script.sh", b"#!/bin/sh\necho hello\n")
write("lightgbm-cut.txt", b"tree\nversion=v4\nnum_class=1\n")
write("text-like-zlib.txt", b"x = 1\n")
write("page.html", b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><br></html>\n')
twice = '{"module": "keras.layers", "class_name": "Dense", "class_name": "Lambda"}'
zipped("keras-key-twice.keras", {"metadata.json": b"{}", "config.json": twice})
broken = zipped("zip-broken-entry.zip", {"a.txt": b"hello", "b.pkl": CALL}, zipfile.ZIP_STORED)
write("zip-broken-entry.zip", broken.replace(b"PK\x03\x04", b"PK\x03\x05", 1))
