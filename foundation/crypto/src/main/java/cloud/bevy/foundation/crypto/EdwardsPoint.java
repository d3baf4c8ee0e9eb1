package cloud.bevy.foundation.crypto;

import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.jspecify.annotations.Nullable;

/// A point of the curve edwards25519 in extended coordinates (RFC 8032, section 5.1.4), on
/// BouncyCastle's field arithmetic. The formulas for addition hold for any two points, so that a
/// multiplication takes the same steps whatever the scalar.
final class EdwardsPoint {
  private static final int SIZE = X25519Field.SIZE;
  private static final int WINDOW = 4;
  private static final int MULTIPLES = 1 << WINDOW;
  private static final byte[] D =
      HexFormat.of().parseHex("a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352");

  private final int[] x = X25519Field.create();
  private final int[] y = X25519Field.create();
  private final int[] z = X25519Field.create();
  private final int[] t = X25519Field.create();

  /// The point with the coordinates (0, 1), which changes nothing when it is added.
  private EdwardsPoint() {
    X25519Field.one(y);
    X25519Field.one(z);
  }

  /// Reads a canonical encoding of 32 bytes; nothing where no point has those coordinates. Takes a
  /// time that depends on the point, which is public.
  static @Nullable EdwardsPoint decode(byte[] bytes) {
    EdwardsPoint point = new EdwardsPoint();
    X25519Field.decode255(bytes, point.y);
    int[] ratio = X25519Field.create();
    int[] over = X25519Field.create();
    X25519Field.sqr(point.y, ratio);
    X25519Field.mul(curveD(), ratio, over);
    X25519Field.subOne(ratio);
    X25519Field.addOne(over);
    if (!X25519Field.sqrtRatioVar(ratio, over, point.x)) {
      return null;
    }
    X25519Field.normalize(point.x);
    int sign = bytes[31] >>> 7 & 1;
    if (sign == 1 && X25519Field.isZeroVar(point.x)) {
      return null;
    }
    if (sign != (point.x[0] & 1)) {
      X25519Field.negate(point.x, point.x);
    }
    X25519Field.mul(point.x, point.y, point.t);
    return point;
  }

  byte[] encode() {
    int[] inverse = X25519Field.create();
    int[] affineX = X25519Field.create();
    int[] affineY = X25519Field.create();
    X25519Field.inv(z, inverse);
    X25519Field.mul(x, inverse, affineX);
    X25519Field.mul(y, inverse, affineY);
    X25519Field.normalize(affineX);
    X25519Field.normalize(affineY);
    byte[] bytes = new byte[32];
    X25519Field.encode(affineY, bytes, 0);
    bytes[31] |= (byte) ((affineX[0] & 1) << 7);
    return bytes;
  }

  boolean neutral() {
    int[] difference = X25519Field.create();
    int[] normalX = X25519Field.create();
    X25519Field.sub(y, z, difference);
    X25519Field.normalize(difference);
    X25519Field.copy(x, 0, normalX, 0);
    X25519Field.normalize(normalX);
    return (X25519Field.isZero(normalX) & X25519Field.isZero(difference)) != 0;
  }

  /// This point times a little-endian scalar, whose highest bit is ignored. Looks at every multiple
  /// of the table for every four bits, so that neither the time nor the places in memory depend on
  /// the scalar.
  EdwardsPoint times(byte[] scalar) {
    int[] twiceD = twiceD();
    EdwardsPoint[] multiples = new EdwardsPoint[MULTIPLES];
    multiples[0] = new EdwardsPoint();
    for (int index = 1; index < MULTIPLES; index++) {
      multiples[index] = new EdwardsPoint();
      multiples[index].sum(multiples[index - 1], this, twiceD);
    }
    EdwardsPoint sum = new EdwardsPoint();
    EdwardsPoint chosen = new EdwardsPoint();
    for (int at = 63; at >= 0; at--) {
      for (int doubling = 0; doubling < WINDOW; doubling++) {
        sum.twice();
      }
      int bits = scalar[at >>> 1] >>> ((at & 1) * WINDOW) & (at == 63 ? 7 : 15);
      chosen.choose(multiples, bits);
      sum.sum(sum, chosen, twiceD);
    }
    return sum;
  }

  private void choose(EdwardsPoint[] from, int wanted) {
    for (int index = 0; index < MULTIPLES; index++) {
      int mask = ((index ^ wanted) - 1) >> 31; // all ones for the wanted one
      X25519Field.cmov(mask, from[index].x, 0, x, 0);
      X25519Field.cmov(mask, from[index].y, 0, y, 0);
      X25519Field.cmov(mask, from[index].z, 0, z, 0);
      X25519Field.cmov(mask, from[index].t, 0, t, 0);
    }
  }

  /// Becomes the sum of two points, of which this may be one (RFC 8032, section 5.1.4).
  private void sum(EdwardsPoint p, EdwardsPoint q, int[] twiceD) {
    int[] a = new int[SIZE];
    int[] b = new int[SIZE];
    int[] c = new int[SIZE];
    int[] d = new int[SIZE];
    X25519Field.apm(p.y, p.x, b, a);
    X25519Field.apm(q.y, q.x, d, c);
    X25519Field.mul(a, c, a);
    X25519Field.mul(b, d, b);
    X25519Field.mul(p.t, q.t, c);
    X25519Field.mul(c, twiceD, c);
    X25519Field.mul(p.z, q.z, d);
    X25519Field.add(d, d, d);
    finish(a, b, c, d);
  }

  /// The last steps of an addition: E = B - A, F = D - C, G = D + C, H = B + A.
  private void finish(int[] a, int[] b, int[] c, int[] d) {
    int[] e = new int[SIZE];
    int[] f = new int[SIZE];
    int[] g = new int[SIZE];
    int[] h = new int[SIZE];
    X25519Field.apm(b, a, h, e);
    X25519Field.apm(d, c, g, f);
    X25519Field.carry(f);
    X25519Field.carry(g);
    product(e, f, g, h);
  }

  private void product(int[] e, int[] f, int[] g, int[] h) {
    X25519Field.mul(e, f, x);
    X25519Field.mul(g, h, y);
    X25519Field.mul(e, h, t);
    X25519Field.mul(f, g, z);
  }

  /// Becomes twice itself (RFC 8032, section 5.1.4).
  private void twice() {
    int[] a = new int[SIZE];
    int[] b = new int[SIZE];
    int[] c = new int[SIZE];
    int[] e = new int[SIZE];
    int[] g = new int[SIZE];
    int[] h = new int[SIZE];
    X25519Field.add(x, y, e);
    X25519Field.sqr(e, e);
    X25519Field.sqr(x, a);
    X25519Field.sqr(y, b);
    X25519Field.sqr(z, c);
    X25519Field.add(c, c, c);
    X25519Field.apm(a, b, h, g);
    X25519Field.sub(h, e, e);
    X25519Field.carry(e);
    X25519Field.add(c, g, c);
    X25519Field.carry(c);
    product(e, c, g, h);
  }

  private static int[] curveD() {
    int[] d = X25519Field.create();
    X25519Field.decode255(D, d);
    return d;
  }

  private static int[] twiceD() {
    int[] d = curveD();
    X25519Field.add(d, d, d);
    X25519Field.normalize(d);
    return d;
  }
}
