@NullMarked
package cloud.bevy.hyper.mux;

import org.jspecify.annotations.NullMarked;
