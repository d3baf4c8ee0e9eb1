@NullMarked
package cloud.bevy.hyper.wire;

import org.jspecify.annotations.NullMarked;
