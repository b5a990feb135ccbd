setup-title = Preparar el municipio
setup-lead = Una cosa cada vez. Puede irse en cualquier momento y seguir luego, saltar lo que aún no importa, y cambiarlo todo otra vez.
setup-progress = { $done } de { $all } cosas están resueltas.
setup-next = Seguir: { $step }
setup-complete = Todo está resuelto. Su municipio está listo.
setup-see = Ver el municipio
setup-state-done = hecho
setup-state-skipped = saltado
setup-state-open = pendiente
setup-step-number = Paso { $number } de { $all }
setup-save = Guardar y seguir
setup-go-on = Seguir
setup-skip = Saltar por ahora
setup-saved = Está guardado y vale desde ahora.
setup-skipped = Saltado. Puede volver cuando quiera.
setup-back = Todos los pasos
setup-fixed = Esto viene del archivo de configuración o del entorno del programa, y solo allí se puede cambiar:
setup-step-name = Cómo se llama el municipio
setup-lead-name = El nombre y la línea de debajo están en la cabecera de cada página, en cada idioma.
setup-town-name = Nombre ({ $language })
setup-town-tagline = Línea bajo el nombre ({ $language })
setup-contact = Dirección a la que pueden escribir los residentes
setup-step-languages = Idiomas
setup-lead-languages = Quien no lea ninguno recibe el propio del municipio.
setup-languages = Idiomas que ofrece el municipio
setup-language-own = El idioma propio del municipio
setup-step-time = Tiempo
setup-lead-time = Los plazos se cuentan en tiempo de trabajo, en la zona horaria del municipio.
setup-zone = Zona horaria
setup-zone-hint = Su nombre IANA, como Europe/Madrid.
setup-hours = Horario de trabajo
setup-hours-hint = Una línea para cada uno, como mon-fri 08:00-16:00
setup-holidays = Días en que las oficinas están cerradas
setup-holidays-hint = Una línea para cada uno, como 2026-12-25
setup-step-hues = Colores
setup-lead-hues = Dé un color a cada puerta. Donde las palabras blancas sobre él, o el color sobre la página, se leerían mal, se toma un tono más oscuro del mismo color: tiene un contraste de al menos 4,5 a 1 por ambos lados.
setup-hue-hint = Como #1e7a4c; vacío para el nuestro.
setup-hue-shade = { $asked } pasa a { $shade }, contraste { $contrast } a 1
setup-hue-good = { $shade }, contraste { $contrast } a 1
setup-hue-report = Avisar
setup-hue-part = Participar
setup-hue-apply = Solicitar
setup-hue-explore = Explorar
setup-hue-desk = Mesa
setup-hue-sample = Palabras blancas
setup-hue-sheet = Cómo se ve
setup-step-districts = Distritos
setup-lead-districts = Un archivo de los distritos dice dónde acaba el municipio y deja comparar a todos. Sin él se aceptan avisos de cualquier parte.
setup-districts-count = { $count ->
    [0] Aún no hay ninguno.
    [one] Hay uno.
   *[other] Hay { $count }.
}
setup-districts-open = Traer un archivo de distritos
setup-step-agencies = Organismos
setup-lead-agencies = Cada aviso va a un organismo que responde de él. Uno basta para empezar.
setup-agencies-open = Añadir un organismo
setup-step-categories = Qué se puede avisar
setup-lead-categories = Empiece con estas, con las palabras de todos los idiomas. Cada una se puede cambiar o dejar luego, y añadir las propias.
setup-categories-agency = El organismo que responde de ellas
setup-categories-agency-first = Primero añada un organismo en el paso anterior.
setup-categories-choose = Categorías para empezar
setup-categories-there = ya está
setup-categories-open = Todas las categorías
setup-step-mail = Correo
setup-lead-mail = Los enlaces para entrar y las noticias van por correo. El servidor se nombra en el archivo de configuración, porque contiene su contraseña.
setup-mail-smtp = Hay un servidor de correo. Los correos vienen de { $from }.
setup-mail-none = No hay servidor de correo, así que los correos se quedan aquí. Ponga mail.smtp_url en el archivo de configuración y arranque de nuevo el programa.
setup-mail-test = Enviarme un correo de prueba
setup-step-officers = Los primeros agentes
setup-lead-officers = Quien responde por un organismo entra por correo y necesita un mandato, que es público.
setup-officers-count = { $count ->
    [0] Aún no lo tiene nadie.
    [one] Lo tiene una persona.
   *[other] Lo tienen { $count } personas.
}
setup-officers-open = Dar un mandato
saying-town-settings-changed = Cambiaron ajustes del municipio: { $count }
subject-town = El municipio
refusal-setup-name = Dé al municipio un nombre de { $most } caracteres como mucho, en una línea, al menos en su propio idioma.
refusal-setup-tagline = La línea bajo el nombre tiene { $most } caracteres como mucho.
refusal-setup-languages = Elija al menos un idioma, y entre ellos el propio del municipio.
refusal-setup-zone = No hay ninguna zona horaria con este nombre. Escríbala como Europe/Madrid.
refusal-setup-hue = Esto no es un color. Escríbalo como #1e7a4c.
refusal-setup-contact = Esto no es una dirección de correo. Escríbala como nombre@example.org.
refusal-setup-agency = Elija el organismo que responde de estas categorías.
setup-mail-sent = La prueba está en camino. La página de funcionamiento dice si salió.
