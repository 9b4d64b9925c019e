<?php
/**
 * Settings → Quote Attribution.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * The form for the settings, and a button that asks the service for a sentence.
 */
final class Settings_Page {

	const SLUG = 'quote-attribution';
	const TEST = 'quote_attribution_test';

	/** Hook into the administration. */
	public static function register() {
		add_action( 'admin_menu', array( self::class, 'add' ) );
		add_action( 'admin_init', array( self::class, 'add_fields' ) );
	}

	/** Add the page to the menu. */
	public static function add() {
		$title = __( 'Quote Attribution', 'quote-attribution' );
		add_options_page( $title, $title, 'manage_options', self::SLUG, array( self::class, 'render' ) );
	}

	/** Register the option and its fields. */
	public static function add_fields() {
		register_setting( self::SLUG, Settings::OPTION, array( 'sanitize_callback' => array( Settings::class, 'clean' ) ) );
		add_settings_section( 'service', __( 'The service', 'quote-attribution' ), '__return_null', self::SLUG );
		$fields = array(
			'url'     => __( 'URL', 'quote-attribution' ),
			'key'     => __( 'Key', 'quote-attribution' ),
			'timeout' => __( 'Time-out in seconds', 'quote-attribution' ),
		);
		foreach ( $fields as $name => $label ) {
			$for = array( 'label_for' => "quote-attribution-$name" );
			add_settings_field( $name, $label, array( self::class, "render_$name" ), self::SLUG, 'service', $for );
		}
	}

	/** Print the field for the URL. */
	public static function render_url() {
		printf(
			'<input type="url" class="regular-text code" id="quote-attribution-url" name="quote_attribution[url]" value="%s" placeholder="http://quotes.internal:8080"><p class="description">%s</p>',
			esc_attr( Settings::all()['url'] ),
			esc_html__( 'Where this server reaches the service. Addresses of a private network are fine; browsers never see it.', 'quote-attribution' )
		);
	}

	/** Print the field for the key, which never leaves the server again. */
	public static function render_key() {
		$has_key = '' !== Settings::all()['key'];
		printf(
			'<input type="password" class="regular-text" id="quote-attribution-key" name="quote_attribution[key]" value="" autocomplete="off" placeholder="%s">',
			esc_attr( $has_key ? __( 'A key is stored; leave empty to keep it', 'quote-attribution' ) : __( 'Only if the service asks for one', 'quote-attribution' ) )
		);
		if ( $has_key ) {
			printf(
				'<p><label><input type="checkbox" name="quote_attribution[forget_key]" value="1"> %s</label></p>',
				esc_html__( 'Forget the stored key', 'quote-attribution' )
			);
		}
	}

	/** Print the field for the time-out. */
	public static function render_timeout() {
		printf(
			'<input type="number" class="small-text" id="quote-attribution-timeout" name="quote_attribution[timeout]" min="1" max="60" value="%d">',
			(int) Settings::all()['timeout']
		);
	}

	/** Print the page. */
	public static function render() {
		echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
		if ( null !== filter_input( INPUT_POST, self::TEST ) && check_admin_referer( self::TEST ) ) {
			self::render_test( Service::ask( array( 'text' => '“The bridge is safe,” said Ines Okafor, the mayor.' ) ) );
		}
		echo '<form method="post" action="options.php">';
		settings_fields( self::SLUG );
		do_settings_sections( self::SLUG );
		submit_button();
		echo '</form><form method="post">';
		wp_nonce_field( self::TEST );
		submit_button( __( 'Test connection', 'quote-attribution' ), 'secondary', self::TEST );
		echo '</form></div>';
	}

	/**
	 * Print what came of the test, which takes the settings as they are stored.
	 *
	 * @param array $answer As `Service::ask` gives it.
	 */
	private static function render_test( array $answer ) {
		$works = 200 === $answer['status'];
		$said  = $works
			/* translators: %s: version of the service */
			? sprintf( __( 'The service answers. Its version is %s.', 'quote-attribution' ), $answer['body']->engine->version ?? '?' )
			: trim( $answer['body']->title . ' ' . ( $answer['body']->detail ?? '' ) );
		printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $works ? 'success' : 'error' ), esc_html( $said ) );
	}
}
