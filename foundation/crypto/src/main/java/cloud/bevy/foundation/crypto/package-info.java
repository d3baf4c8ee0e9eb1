@NullMarked
package cloud.bevy.foundation.crypto;

import org.jspecify.annotations.NullMarked;
