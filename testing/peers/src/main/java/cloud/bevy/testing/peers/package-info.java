@NullMarked
package cloud.bevy.testing.peers;

import org.jspecify.annotations.NullMarked;
