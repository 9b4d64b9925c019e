<?php
// For PHP's own server: what is a file is served or run, all else is WordPress's.
$path = __DIR__ . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_file( $path ) || is_file( rtrim( $path, '/' ) . '/index.php' ) ) {
	return false;
}
require __DIR__ . '/index.php';
