@NullMarked
package cloud.bevy.bench;

import org.jspecify.annotations.NullMarked;
