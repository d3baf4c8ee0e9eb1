package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values are those of `cespare/xxhash` 2.3.0 and `zeebo/xxh3` 1.1.0, at and around each length
/// where the algorithms go another way.
class XxHashTest {
  @ParameterizedTest
  @CsvSource({
    "0, ef46db3751d8e999, 2d06800538d394c2, 99aa06d3014798d86001c324468d497f",
    "1, 1f25c8d0bc1f4bb6, 13e608bc156defed, 22bbb76b211a39ba13e608bc156defed",
    "2, 4c26aa80289d31a8, 83e76fedea937056, d823723550361bd383e76fedea937056",
    "3, a020f3294a68c3b2, b7391e018153d37a, 86e7dba8d8de1e21b7391e018153d37a",
    "4, 9a05810a0d610553, fdf480d413c14ab0, ebc05709b280db0f14e3cfbdb70d26bd",
    "5, fed9f649bc1b3214, 93d4f86e4fece20e, 8477d94450e4025f7632e68af9214383",
    "8, e400a21c7735e336, ec39ab64bbdd3e16, 9941ab142ed05f6209ae116fe118de4c",
    "9, 080de70be655e8a0, b72b2752390382d5, 0af95ebbd7610f70f7edb27bcabaa284",
    "12, fee2c2b08b6c74e8, 0afc97db73b48c1a, efee1a9c66b34e461179816744add575",
    "16, e02748dd20bb48ba, 2866d96771d12b4e, 3050c908b1fb1d1f414d35b3f8ff9c24",
    "17, b6efae2deac62279, 385c21b59bf6407d, ced175682e90f41d7adf9ede0c868ea5",
    "31, 799631c30d7e3922, 20f4bb9198afc6b8, 8c73d0506a341fbad636562917428a9d",
    "32, 6b7ead39b05fcc7c, 517f9edce3f15ef7, 13915b91c4b47f943fcb314367642c2c",
    "33, b6d285b00d90e573, 2c72ff70c3862d20, 48db749307894ecd38168f07f8d1665f",
    "64, 7a9871c22557878c, 1143068e609ba129, ca54780b4faeecf6c25d7a6311e9f4cc",
    "65, 0f81393b40fdc6a4, b85378dccfb4cf02, 0b3838507c381b39a5f719ea331a7e57",
    "96, 30731f6a75327844, 5093e5d8ce622d6a, c349a9b8b80bbfbb314337f93d986951",
    "97, b0e16990c9b0523b, cf5f8dd810961012, dc92c2843e040fa4cda2ed8bf7881bdf",
    "127, 0a2719c832a50a31, 89c4fc3fcefc88cc, 46765331d8bef934ae5d3d4b1881f7f8",
    "128, 37774b7da7cb387d, a4b9dca2ee00ce72, 0e75e861783e8fcc8e11709461c6cf79",
    "129, 990c5320a1136e55, fb9e35f274249234, e9888cf9f76af2f0c387615d309cc07f",
    "144, 3227d093a30274c4, 71fab1794f190359, 053af8395bdd89c983270352b90cee36",
    "160, b2ff5d182c350991, 9a0ddefbcfb4b72a, b76d775e6c9283427cf35b6598dfb53b",
    "161, a98ffc534fd4fb6c, e8aabb863c58faa2, 7e103147395279a69e6353d648ee3422",
    "200, e6937319d8dc74a4, 2e03f552d39f9c10, b412a6f166669714fa7ab7d87d12d9c9",
    "239, 7c4fbddac31b129a, c454d7e06b41c9d8, 9432c4e0912287636c8997a57e6d38fc",
    "240, 194764aa58ca56ec, 4ed2e5c562eae4c1, e1dc894b4f208c733f5f5cd62d6b49f3",
    "241, 802baad951b137f0, 6819923e2201397d, b0b44328f3adb6e36819923e2201397d",
    "256, 722b8c6012f6117e, a86aedfd039ef473, b3a8ddf7dd678e8ca86aedfd039ef473",
    "511, f974cb241a338edc, 0cc96e090a721df8, d2cad4bde400141a0cc96e090a721df8",
    "512, 6ca6d806c5dc0bfb, 55b45c73118a2983, dee69c9046658d0255b45c73118a2983",
    "513, eb83eb8a57a4814e, 963048e1b394db7b, 158ac3e23f94c478963048e1b394db7b",
    "1023, b54b9ab4d258d044, dacdd1a09be419ec, 4c1ff85fd9643d1adacdd1a09be419ec",
    "1024, 9e24528bbe3389b1, efbb20e87adc204c, 1ecd3d3446d3f866efbb20e87adc204c",
    "1025, d4993e51092183f7, 99244ee55b2fae5d, 286fb39c51a2825099244ee55b2fae5d",
    "1087, 0514566c35f21162, 0f097fb49ed7887f, 94a37a59bfe6b10a0f097fb49ed7887f",
    "1088, aced34ef6176dcff, 881e7cebf08e9a58, 7e8f2a01fd146b13881e7cebf08e9a58",
    "2047, 65b261c0b7f668d0, 568e41f169dacea6, 0d5a3042376a7d49568e41f169dacea6",
    "2048, 95c55f81fc98899a, f03407c0f4011c1d, 20479f5d45be357bf03407c0f4011c1d",
    "2049, 7b33ebcd0dea14cc, b8f157ed07380eff, 1c5a57974a6f3c5cb8f157ed07380eff",
    "3000, 90a79e6bda87880d, 1e497679aa09f21b, 58aea40d527eb6551e497679aa09f21b",
    "4096, 9968df0d0a5f3c4e, 71cbf77bd0923fb0, 82ebafb624e4e44a71cbf77bd0923fb0",
    "100000, cddf2987274a7e48, eb6ef9ffb070b83d, fe0996dee393d463eb6ef9ffb070b83d"
  })
  void othersGetTheSame(int length, String xxh64, String xxh3, String xxh128) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * i * 31 + i * 7 + 3);
    }
    for (int piece : new int[] {1, 7, 64, 1000, 1 << 20}) {
      assertThat(value(ChecksumAlgorithm.XXHASH64, bytes, piece)).isEqualTo(xxh64);
      assertThat(value(ChecksumAlgorithm.XXHASH3, bytes, piece)).isEqualTo(xxh3);
      assertThat(value(ChecksumAlgorithm.XXHASH128, bytes, piece)).isEqualTo(xxh128);
    }
  }

  private static String value(ChecksumAlgorithm algorithm, byte[] bytes, int piece) {
    ChecksumAlgorithm.Digest digest = algorithm.digest();
    for (int at = 0; at < bytes.length; at += piece) {
      digest.update(bytes, at, Math.min(piece, bytes.length - at));
    }
    return HexFormat.of().formatHex(digest.value());
  }
}
