@NullMarked
package cloud.bevy.hyper.stream;

import org.jspecify.annotations.NullMarked;
