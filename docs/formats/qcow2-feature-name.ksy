meta:
  id: qcow2_feature_name
  title: Qcow2FeatureName
  endian: be
doc: "Names a feature bit, for those who do not know it."
doc-ref: "QEMU docs/interop/qcow2.rst and block/qcow2.h, Qcow2Feature, 1.1 to 11.1"
seq:
  - id: type
    type: u1
    enum: type
    doc: "Which features: incompatible, compatible or autoclear."
  - id: bit
    type: u1
    doc: "Number of the bit."
  - id: name
    type: str
    size: 46
    encoding: "UTF-8"
    doc: "Padded with NULs."
enums:
  type:
    0:
      id: incompatible
      doc: "An incompatible feature."
    1:
      id: compatible
      doc: "A compatible feature."
    2:
      id: autoclear
      doc: "An autoclear feature."
